import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { errorCode } from '../errno.ts';

/** The socket by which commands reach the supervisor of their own container: in ZK_CONF_DIR, for its user alone. */
export const CONTROL_SOCKET = 'zk-entrypoint.sock';

/** What is told while a request is carried out; the last one has the exit status of the command. */
export interface ControlLine {
  readonly say: string;
  readonly status?: number;
}

const LONGEST_REQUEST_BYTES = 4_096;
const REQUEST_TIMEOUT_MS = 5_000;

/**
 * Listens at the path for one request a connection, a line of JSON. Whoever may open the socket may ask: the file mode
 * lets in the own user and root. Undefined where it cannot be had, with why told to `onProblem`.
 */
export function listenForControl(
  path: string,
  serve: (request: unknown, tell: (line: ControlLine) => void) => Promise<void>,
  onProblem: (problem: string) => void,
): Server {
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    let text = '';
    socket.setTimeout(REQUEST_TIMEOUT_MS, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      if (text.length > LONGEST_REQUEST_BYTES) return void socket.destroy();
      const end = text.indexOf('\n');
      if (end < 0) return;
      socket.removeAllListeners('data');
      socket.setTimeout(0);
      const tell = (line: ControlLine) => {
        if (socket.writable) socket.write(`${JSON.stringify(line)}\n`);
      };
      const request = parsed(text.slice(0, end));
      void serve(request, tell).then(
        () => socket.end(),
        () => socket.destroy(),
      );
    });
  });
  server.on('error', (error) =>
    onProblem(`${path} cannot be listened at (${errorCode(error) ?? error.message})`),
  );
  // The mode is that of the moment at which the socket is made (bind(2)).
  const before = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(before);
  }
  server.unref();
  return server;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Sends one request and hands on each line; resolves with the last one's status, or with why there is no such socket. */
export function askControl(
  path: string,
  request: unknown,
  hear: (line: string) => void,
): Promise<
  { readonly kind: 'status'; readonly status: number } | { readonly kind: 'failed'; readonly code: string }
> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let [text, status] = ['', undefined as number | undefined];
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('error', (error) => resolve({ kind: 'failed', code: errorCode(error) ?? 'EIO' }));
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const told = parsed(line) as ControlLine | undefined;
        if (told === undefined) continue;
        hear(told.say);
        status = told.status ?? status;
      }
    });
    socket.on('close', () =>
      resolve(status === undefined ? { kind: 'failed', code: 'ECONNRESET' } : { kind: 'status', status }),
    );
  });
}
