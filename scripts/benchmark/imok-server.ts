import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Stands in for ZooKeeper on its client port. */
export interface ImokServer {
  readonly port: number;
  close(): void;
}

const ANSWERS: Readonly<Record<string, string>> = {
  ruok: 'imok',
  srvr: [
    'Zookeeper version: 3.9.3-c26634f34490bb0ea7a09cc51e05ede3b4e320ee, built on 2024-10-17 23:21 UTC',
    'Latency min/avg/max: 0/0.5/12',
    'Received: 1234',
    'Sent: 1233',
    'Connections: 3',
    'Outstanding: 0',
    'Zxid: 0x100000007',
    'Mode: standalone',
    'Node count: 9',
    '',
  ].join('\n'),
  mntr: [
    'zk_version\t3.9.3-c26634f34490bb0ea7a09cc51e05ede3b4e320ee, built on 2024-10-17 23:21 UTC',
    'zk_server_state\tstandalone',
    'zk_avg_latency\t0.5',
    'zk_num_alive_connections\t3',
    'zk_znode_count\t9',
    '',
  ].join('\n'),
};

/** Not a word of ZooKeeper's: the stand-in tells how many words it was asked before. */
export const HOW_MANY = 'many';

/** Answers the four-letter words as a serving standalone server does, on 127.0.0.1; port 0 takes a free one. */
export async function startImokServer(port: number): Promise<ImokServer> {
  const asked: Record<string, number> = {};
  const answerTo = (word: string): string => {
    if (word === HOW_MANY) return `${JSON.stringify(asked)}\n`;
    asked[word] = (asked[word] ?? 0) + 1;
    return ANSWERS[word] ?? '';
  };
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (word) => socket.end(answerTo(word.toString().trim())));
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => void server.close(),
  };
}

// Run in java's place, with java's arguments: serves on the client port of the zoo.cfg that comes last, and no more.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config = readFileSync(process.argv.at(-1) ?? '', 'utf8');
  await startImokServer(Number(/^clientPort=(\d+)$/m.exec(config)?.[1]));
}
