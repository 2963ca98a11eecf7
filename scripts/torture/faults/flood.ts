import { connect, type Socket } from 'node:net';
import { HEALTH_PORT } from '../kubelet/pod.ts';

const CONNECTIONS = 40;
const SILENT = 20;
const REQUEST = 'GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

/** Many clients that ask again as soon as they are answered, and some that connect and say nothing; returns how to stop. */
export function flood(host: string): () => void {
  const open = new Set<Socket>();
  let over = false;
  const visit = (words: string) => {
    if (over) return;
    const socket = connect({ host, port: HEALTH_PORT });
    open.add(socket);
    socket.on('connect', () => socket.write(words));
    socket.on('error', () => {});
    socket.resume().on('close', () => {
      open.delete(socket);
      setTimeout(visit, 10, words);
    });
  };
  for (let count = 0; count < CONNECTIONS; count += 1) visit(REQUEST);
  for (let count = 0; count < SILENT; count += 1) visit('');
  return () => {
    over = true;
    for (const socket of open) socket.destroy();
  };
}
