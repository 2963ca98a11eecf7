import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type PeerAnswer, unmarkedWords } from '../../admission/peer-replies.ts';
import type { Member } from '../../ensemble/member.ts';
import type { Settings } from '../../settings/table.ts';
import { readSrvr } from '../../zookeeper/four-letter/srvr.ts';
import { askMarked, type MarkedAnswer } from './ask-status.ts';
import { askFourLetter } from './four-letter.ts';

/** The port on which peers are asked, and which answers count. Port 0 means that the health endpoint is off. */
type AskSettings = Pick<Settings, 'healthPort' | 'clientPort' | 'peerKey' | 'peerAuth'>;

/**
 * Asks all peers at once for their state and their data. Never rejects, and ends when the time is over. The time covers name
 * look-up, connection and answer.
 */
export function askPeers(
  peers: readonly Member[],
  settings: AskSettings,
  timeoutMs: number,
): Promise<PeerAnswer[]> {
  return Promise.all(peers.map((member) => askPeer(member, settings, timeoutMs)));
}

/**
 * Asks its supervisor, and also its ZooKeeper in case there is no supervisor. Then it is enough to know that a quorum serves.
 * If a key is required, ZooKeeper is not asked, because it cannot mark an answer.
 */
async function askPeer(member: Member, settings: AskSettings, timeoutMs: number): Promise<PeerAnswer> {
  const isKeyed = settings.peerKey !== undefined && settings.peerAuth !== 'want';
  const [heard, mode] = await Promise.all([
    bySupervisor(member, settings, timeoutMs),
    isKeyed ? undefined : modeOf(member, settings, timeoutMs),
  ]);
  const { told, mark } = heard ?? {};
  const unmarked = mark === undefined || mark === 'right' ? {} : { mark };
  if (told !== undefined) {
    // A marked answer of another member, passed on under this name, says nothing about the server of this member.
    const isOther = isKeyed && member.id >= 0 && (told.member?.id ?? told.myid ?? member.id) !== member.id;
    return {
      member,
      told: { ...told, mode: isOther ? undefined : (told.mode ?? mode) },
      silence: '',
      ...unmarked,
    };
  }
  const silence = silenceOf(heard, settings, timeoutMs);
  return { member, told: undefined, silence, ...unmarked, ...(mode === undefined ? {} : { mode }) };
}

function bySupervisor({ host }: Member, settings: AskSettings, timeoutMs: number) {
  const { healthPort: port } = settings;
  return port === 0 ? undefined : askMarked({ host, port, timeoutMs }, settings);
}

async function modeOf({ host }: Member, { clientPort: port }: AskSettings, timeoutMs: number) {
  const srvr = readSrvr(await askFourLetter({ host, port, word: 'srvr', timeoutMs, maxBytes: 65_536 }));
  return srvr.serving ? srvr.mode : undefined;
}

function silenceOf(heard: MarkedAnswer | undefined, { healthPort }: AskSettings, timeoutMs: number): string {
  if (heard === undefined) return 'cannot be asked, because ZK_HEALTH_PORT is 0';
  const { answer, mark } = heard;
  if (answer.kind === 'absent')
    return `does not listen on port ${healthPort} (not started, or another ZK_HEALTH_PORT)`;
  if (mark === 'none' || mark === 'wrong') return unmarkedWords(mark);
  if (answer.kind === 'answer') return `answers on port ${healthPort} with status ${answer.status}`;
  if (answer.code === 'ENOTFOUND' || answer.code === 'EAI_AGAIN') return 'does not resolve';
  if (answer.code !== undefined) return `cannot be reached (${answer.code})`;
  if (answer.cause === 'timeout') return `does not answer on port ${healthPort} within ${timeoutMs} ms`;
  return `answers on port ${healthPort}, but is not zk-entrypoint`;
}

/**
 * Asks every address of the domain of a member. A headless Service has one for each of its pods (Kubernetes, "DNS for
 * Services and Pods"), also for pods that are in no list. A pod that reports its id gets that id. Every other pod gets an id
 * that no member has. Never rejects.
 */
export async function askNeighbours(
  self: Member,
  settings: AskSettings,
  timeoutMs: number,
): Promise<PeerAnswer[]> {
  const domain = isIP(self.host) === 0 ? self.host.slice(self.host.indexOf('.') + 1) : '';
  if (domain === '' || domain === self.host) return [];
  const addresses = (await addressesOf(domain, timeoutMs)).filter((address) => !isOwn(address));
  const members = addresses.map((host, place): Member => ({ ...self, host, id: -1 - place }));
  const answers = await askPeers(members, settings, timeoutMs);
  return answers.map((answer) => {
    const id = answer.told?.member?.id;
    return id === undefined ? answer : { ...answer, member: { ...answer.member, id } };
  });
}

async function addressesOf(domain: string, timeoutMs: number): Promise<string[]> {
  const { lookup } = process.getBuiltinModule('node:dns/promises');
  const late = new Promise<never[]>((resolve) => setTimeout(resolve, timeoutMs, []).unref());
  const found = lookup(domain, { all: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  );
  return Promise.race([found, late]);
}

function isOwn(address: string): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some((each) => each.address === address));
}
