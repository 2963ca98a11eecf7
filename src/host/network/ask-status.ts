import { type PeerStatus, readPeerStatus } from '../../admission/peer-status.ts';
import { askSupervisor, type SupervisorAnswer } from './ask-supervisor.ts';
import { judgeMarks, type Mark, newNonce, type PeerKeySettings } from './peer-marks.ts';

/** Which supervisor to ask. `timeoutMs` covers everything. */
export interface StatusQuestion {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/** What a supervisor answered to /status, and whether it counts. */
export interface MarkedAnswer {
  readonly answer: SupervisorAnswer;
  /** Undefined if we have no key, or if there was no answer. */
  readonly mark: Mark;
  /** Its report; undefined without an answer that counts. */
  readonly told: PeerStatus | undefined;
}

/** Asks for the status. With a key, the request has a new number, and the answer must be marked for it. Never rejects. */
export async function askMarked(
  question: StatusQuestion,
  { peerKey, peerAuth }: PeerKeySettings,
  isVerbose = false,
): Promise<MarkedAnswer> {
  const nonce = peerKey === undefined ? undefined : newNonce();
  const query = [...(isVerbose ? ['verbose'] : []), ...(nonce === undefined ? [] : [`nonce=${nonce}`])];
  const path = query.length === 0 ? '/status' : (`/status?${query.join('&')}` as const);
  const answer = await askSupervisor({ ...question, path });
  if (answer.kind !== 'answer' || answer.status !== 200) return { answer, mark: undefined, told: undefined };
  const mark =
    peerKey === undefined || nonce === undefined ? undefined : judgeMarks(peerKey, { ...answer, nonce });
  const counts = mark === undefined || mark === 'right' || peerAuth === 'want';
  return { answer, mark, told: counts ? readPeerStatus(answer.body) : undefined };
}

/** For the own supervisor over loopback, and for members that are asked without settings. */
export const NO_KEY: PeerKeySettings = { peerKey: undefined, peerAuth: undefined };

/** The report of a supervisor; undefined without an answer that counts. Never rejects. */
export async function askStatus(
  question: StatusQuestion,
  settings: PeerKeySettings = NO_KEY,
): Promise<PeerStatus | undefined> {
  return (await askMarked(question, settings, true)).told;
}
