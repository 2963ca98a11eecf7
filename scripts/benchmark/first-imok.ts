import { connect, type Socket } from 'node:net';

interface Question {
  readonly port: number;
  readonly timeoutMs: number;
  /** Settles with the reason when there is nothing left to wait for. */
  readonly gaveUp: Promise<Error>;
}

const PERIOD_MS = 3;
/** ZooKeeper may accept before it answers; those connections wait, and others are tried beside them. */
const AT_ONCE = 8;

/** Asks `ruok` every three milliseconds; resolves with the moment (performance.now) of the first `imok`. */
export function firstImok({ port, timeoutMs, gaveUp }: Question): Promise<number> {
  const open = new Set<Socket>();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const ask = () => {
    if (open.size >= AT_ONCE) return;
    const socket = connect({ port, host: '127.0.0.1' })
      .on('connect', () => socket.write('ruok'))
      .on('data', (answer) => answer.toString() === 'imok' && resolve(performance.now()))
      .on('error', () => socket.destroy())
      .on('close', () => open.delete(socket));
    open.add(socket);
  };
  const period = setInterval(ask, PERIOD_MS);
  const deadline = setTimeout(() => reject(new Error(`no imok within ${timeoutMs / 1_000} s`)), timeoutMs);
  void gaveUp.then(reject);
  return promise.finally(() => {
    clearInterval(period);
    clearTimeout(deadline);
    for (const socket of open) socket.destroy();
  });
}
