import { connect, type Socket } from 'node:net';
import type { Change } from '../../membership/change.ts';
import { changeRefusal } from '../../membership/change.ts';
import type { ClientAddress } from '../../sanity/session.ts';
import { buffer, cutFrames, int, long, readText, text } from './jute.ts';
import type { ClientWay } from './tunnel.ts';
import { failureOfSocket, refusal } from './zookeeper-errors.ts';

/** The configuration of the member's server, as text; or why it could not be read, as a predicate of the member. */
export type ConfigurationAnswer =
  | { readonly kind: 'done'; readonly text: string }
  /** `again`: read the configuration anew and ask once more. After a lost answer the change may have been made. */
  | {
      readonly kind: 'failed';
      readonly again: boolean;
      readonly sentence: string;
      /** True if too few of the new voters count as synced. */
      readonly lacksQuorum?: boolean;
    };

type Failed = Extract<ConfigurationAnswer, { kind: 'failed' }>;

/** Which member is asked, how a client connects to it, and how long everything may take. */
export interface Asking extends ClientAddress {
  readonly way?: ClientWay | undefined;
  readonly timeoutMs: number;
}

/** Operations of ZooDefs.OpCode. */
const GET_DATA = 4;
const SYNC = 9;
const RECONFIG = 16;
const CLOSE = -11;
const AUTH = 100;

/** ClientCnxn.AUTHPACKET_XID; the others count from 1. */
const AUTH_XID = -4;
const CONFIG_NODE = '/zookeeper/config';
const SESSION_TIMEOUT_MS = 10_000;

/** A configuration of 255 members has some 20 kB; the server's own limit for a node is 1 MiB (jute.maxbuffer). */
const MAX_FRAME_BYTES = 1_048_576;

/** A request after the first: its xid, its operation and its body. */
interface Request {
  readonly xid: number;
  readonly operation: number;
  readonly body: Buffer;
}

/** Reads the configuration after a sync, so that the member has applied every change that was committed before. */
export function readCommitted(asking: Asking): Promise<ConfigurationAnswer> {
  return converse(asking, [
    { xid: 1, operation: SYNC, body: text(CONFIG_NODE) },
    { xid: 2, operation: GET_DATA, body: Buffer.concat([text(CONFIG_NODE), Buffer.of(0)]) },
  ]);
}

/**
 * Proposes one change through this member, as the super user of its own JVM: the identity travels with the request to
 * the leader, so no other member needs the password. node-zookeeper-client drops the connection on the answer.
 */
export function proposeChange(
  asking: Asking & { readonly change: Change; readonly password: string },
): Promise<ConfigurationAnswer> {
  const { joining, leaving, ifVersion } = asking.change;
  const auth = [int(0), text('digest'), buffer(Buffer.from(`super:${asking.password}`))];
  const change = [text(joining), text(leaving?.toString()), text(undefined), long(ifVersion)];
  return converse(asking, [
    { xid: AUTH_XID, operation: AUTH, body: Buffer.concat(auth) },
    { xid: 1, operation: RECONFIG, body: Buffer.concat(change) },
  ]);
}

/** A session, the requests one after the other, and the text that the last of them brings. Never rejects. */
async function converse(
  { host, port, timeoutMs, way = {} }: Asking,
  requests: readonly Request[],
): Promise<ConfigurationAnswer> {
  const isPlain = way.tls === undefined && way.user === undefined;
  const tunnel = isPlain ? undefined : await (await import('./tunnel.ts')).openTunnel({ host, port }, way);
  const socket = connect(tunnel ?? { host, port, noDelay: true });
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await new Promise<ConfigurationAnswer>((resolve) => {
      const late = failed(true, `did not answer within ${timeoutMs} ms`);
      deadline.addEventListener('abort', () => resolve(late), { once: true });
      socket.on('error', (error) => resolve(failed(true, failureOfSocket(error).sentence)));
      socket.on('close', () =>
        resolve(failed(true, tunnel?.problem() ?? 'closed the connection before it answered')),
      );
      socket.on('connect', () => socket.write(buffer(connectRequest())));
      listen(socket, requests, resolve);
    });
  } finally {
    if (!socket.destroyed) socket.end(buffer(header({ xid: requests.length + 1, operation: CLOSE })));
    socket.destroySoon();
    tunnel?.close();
  }
}

function listen(
  socket: Socket,
  requests: readonly Request[],
  resolve: (answer: ConfigurationAnswer) => void,
): void {
  let received = Buffer.alloc(0);
  /** How many requests were sent; the first frame answers the connect request. */
  let sent = 0;
  const take = (frame: Buffer) => {
    const failure = sent === 0 ? sessionFailure(frame) : replyFailure(frame, requests[sent - 1] as Request);
    if (failure !== undefined) return resolve(failure);
    const next = requests[sent];
    // ReplyHeader has xid, zxid and error: 16 bytes.
    if (next === undefined) return resolve({ kind: 'done', text: readText(frame, 16) });
    sent += 1;
    socket.write(buffer(Buffer.concat([header(next), next.body])));
  };
  socket.on('data', (chunk: Buffer) => {
    try {
      const { frames, rest } = cutFrames(Buffer.concat([received, chunk]), MAX_FRAME_BYTES);
      received = Buffer.from(rest);
      for (const frame of frames) take(frame);
    } catch {
      resolve(failed(false, 'answered, but not in the way of a ZooKeeper server'));
    }
  });
}

/** ConnectRequest: protocol, last zxid, timeout, session id, password, read-only. */
function connectRequest(): Buffer {
  const password = buffer(Buffer.alloc(16));
  return Buffer.concat([int(0), long(0n), int(SESSION_TIMEOUT_MS), long(0n), password, Buffer.of(0)]);
}

function header({ xid, operation }: Pick<Request, 'xid' | 'operation'>): Buffer {
  return Buffer.concat([int(xid), int(operation)]);
}

/** ConnectResponse: protocol, timeout, …; a timeout of 0 is a session that was not given. */
function sessionFailure(frame: Buffer): Failed | undefined {
  return frame.readInt32BE(4) > 0 ? undefined : failed(true, 'gave no session');
}

function replyFailure(frame: Buffer, { xid }: Request): Failed | undefined {
  if (frame.readInt32BE(0) !== xid) throw new RangeError(`the answer to another request than ${xid}`);
  const code = frame.readInt32BE(12);
  if (code === 0) return undefined;
  return { kind: 'failed', ...(changeRefusal(code) ?? { again: false, sentence: refusal(code).sentence }) };
}

function failed(again: boolean, sentence: string): Failed {
  return { kind: 'failed', again, sentence };
}
