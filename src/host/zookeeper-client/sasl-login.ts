import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { User } from '../../settings/kinds/users.ts';
import { answerChallenge } from './digest-md5.ts';
import { buffer, cutFrames, int, readText } from './jute.ts';
import { refusal } from './zookeeper-errors.ts';

/** ZooDefs.OpCode.sasl. */
const SASL = 102;
/** ReplyHeader: xid, zxid and error. */
const HEADER_BYTES = 16;
const MAX_FRAME_BYTES = 4_096;

/**
 * Logs in on a connection whose client has said its connect request, and nothing else: the member's answer to that is
 * withheld until the login is done (ZooKeeperSaslClient does it in the same place). Resolves with all bytes that the client has yet
 * to see. Rejects with a sentence that continues the member's name.
 */
export function logIn(member: Socket, user: User): Promise<Buffer> {
  const cnonce = randomBytes(16).toString('base64');
  let received = Buffer.alloc(0);
  let greeting: Buffer | undefined;
  let expected: string | undefined;
  const ask = (token: string) =>
    member.write(buffer(Buffer.concat([int(0), int(SASL), buffer(Buffer.from(token))])));
  /** True once the login is done. */
  const take = (frame: Buffer): boolean => {
    if (greeting === undefined) {
      greeting = buffer(frame);
      // ConnectResponse with a timeout of 0: no session, which the client is told.
      if (frame.readInt32BE(4) <= 0) return true;
      ask('');
      return false;
    }
    const code = frame.readInt32BE(12);
    // Where logins are enforced the code is another one than AUTHFAILED (AuthenticationHelper).
    if (code !== 0) throw new Error(expected === undefined ? refusal(code).sentence : refused(user));
    const token = readText(frame, HEADER_BYTES);
    if (expected === undefined) {
      const answer = answerChallenge(token, user, { cnonce });
      if (answer === undefined) throw new Error('wants another login than DIGEST-MD5');
      expected = answer.expected;
      ask(answer.response);
      return false;
    }
    if (token !== expected)
      throw new Error('does not know the password itself, so it is not the member it seems to be');
    return true;
  };
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error(expected === undefined ? 'closed the connection' : refused(user)));
    const hear = (chunk: Buffer) => {
      try {
        const { frames, rest } = cutFrames(Buffer.concat([received, chunk]), MAX_FRAME_BYTES);
        received = Buffer.from(rest);
        for (const frame of frames) {
          if (!take(frame)) continue;
          member.off('data', hear).off('close', end);
          member.pause();
          resolve(Buffer.concat([greeting ?? Buffer.alloc(0), received]));
        }
      } catch (error) {
        reject(error);
      }
    };
    member.on('data', hear).once('close', end);
  });
}

function refused({ name }: User): string {
  return `refuses the login of ${name}: the user is not known, or the password is wrong`;
}
