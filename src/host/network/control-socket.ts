import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { errorCode } from '../errno.ts';

/** The socket through which commands reach the supervisor of their container: in ZK_CONF_DIR, only for its user. */
export const CONTROL_SOCKET = 'zk-entrypoint.sock';

/** A line of progress during a request. The last one has the exit status of the command. */
export interface ControlLine {
  readonly say: string;
  readonly status?: number;
}

const LONGEST_REQUEST_BYTES = 4_096;
const REQUEST_TIMEOUT_MS = 5_000;

/**
 * Listens at the path for one request on each connection, a line of JSON. The file mode allows only the own user and root to
 * open the socket. Undefined if it cannot listen; `onProblem` gets the reason.
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
  // The socket gets its mode at the moment when it is made (bind(2)).
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

/** Sends one request and passes on each line. Resolves with the status of the last line, or with why there is no socket. */
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
