import { connect, type Socket } from 'node:net';
import { HEALTH_PORT } from '../kubelet/pod.ts';

const CONNECTIONS = 40;
const SILENT = 20;
const REQUEST = 'GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

/** Longer than what a socket takes in at once; each request wants an answer that is never read. */
const PIPELINED = 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(14_000);

/** Clients that send requests without end and never read; each comes back when it is thrown out. Returns how to stop. */
export function pipeline(host: string): () => void {
  return keepVisiting(host, { words: Array.from({ length: 10 }, () => PIPELINED), reads: false });
}

/** Many clients that ask again as soon as they are answered, and some that connect and say nothing; returns how to stop. */
export function flood(host: string): () => void {
  const silent = Array.from({ length: SILENT }, () => '');
  return keepVisiting(host, {
    words: [...Array.from({ length: CONNECTIONS }, () => REQUEST), ...silent],
    reads: true,
  });
}

function keepVisiting(host: string, { words: all, reads }: { words: readonly string[]; reads: boolean }) {
  const open = new Set<Socket>();
  let over = false;
  const visit = (words: string) => {
    if (over) return;
    const socket = connect({ host, port: HEALTH_PORT });
    open.add(socket);
    socket.on('connect', () => socket.write(words));
    socket.on('error', () => {});
    if (reads) socket.resume();
    else socket.pause();
    socket.on('close', () => {
      open.delete(socket);
      setTimeout(visit, 10, words);
    });
  };
  for (const words of all) visit(words);
  return () => {
    over = true;
    for (const socket of open) socket.destroy();
  };
}
