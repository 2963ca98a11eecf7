import { converse } from './converse.ts';

/** Which supervisor to ask, and for which path; over loopback unless `host` is given. */
export interface SupervisorQuestion {
  readonly host?: string;
  readonly port: number;
  readonly path: '/livez' | '/readyz' | '/startupz' | '/status' | `/status?${string}`;
  readonly timeoutMs: number;
}

/** The answer of the supervisor; `absent` if nothing listens, `strange` if it is not a complete answer of our supervisor. */
export type SupervisorAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      /** Its marks; empty without marks. */
      readonly marks: string;
    }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'strange';
      readonly cause: 'timeout' | 'no-answer' | 'not-http' | 'not-ours' | 'cut-short';
      /** The error code of the system if the host cannot be reached: ENOTFOUND, EHOSTUNREACH. */
      readonly code?: string;
    };

const MAX_BYTES = 64 * 1024;

/** Asks the health endpoint of the supervisor with minimal HTTP, because node:http costs more than the request. */
export async function askSupervisor(question: SupervisorQuestion): Promise<SupervisorAnswer> {
  const { host = '127.0.0.1', port, path, timeoutMs } = question;
  const say = `GET ${path} HTTP/1.0\r\n\r\n`;
  const exchange = await converse({ host, port, say, timeoutMs, maxBytes: MAX_BYTES });
  if (exchange.kind === 'answer') return readSupervisorAnswer(exchange.text);
  if (exchange.kind === 'refused') return { kind: 'absent' };
  const code = exchange.kind === 'unreachable' ? { code: exchange.code } : {};
  return { kind: 'strange', cause: exchange.kind === 'timeout' ? 'timeout' : 'no-answer', ...code };
}

/** Reads a whole HTTP answer; `strange` for any other bytes. */
export function readSupervisorAnswer(text: string): SupervisorAnswer {
  const end = text.indexOf('\r\n\r\n');
  const head = text.slice(0, Math.max(0, end + 2));
  const status = /^HTTP\/1\.[01] (\d{3}) /.exec(head)?.[1];
  if (status === undefined) return strange('not-http');
  if (!/\r\nserver: zk-entrypoint\r\n/i.test(head)) return strange('not-ours');
  const length = /\r\ncontent-length: (\d{1,9})\r\n/i.exec(head)?.[1];
  const body = text.slice(end + 4);
  if (Number(length) !== Buffer.byteLength(body)) return strange('cut-short');
  const marks = /\r\nzk-entrypoint-marks: ([0-9a-f,]{1,200})\r\n/i.exec(head)?.[1] ?? '';
  return { kind: 'answer', status: Number(status), body, marks };
}

function strange(cause: Extract<SupervisorAnswer, { kind: 'strange' }>['cause']): SupervisorAnswer {
  return { kind: 'strange', cause };
}
