import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type PeerAnswer, unmarkedWords } from '../../admission/peer-replies.ts';
import type { Member } from '../../ensemble/member.ts';
import type { Settings } from '../../settings/table.ts';
import { readSrvr } from '../../zookeeper/four-letter/srvr.ts';
import { askMarked, type MarkedAnswer } from './ask-status.ts';
import { askFourLetter } from './four-letter.ts';

/** Where the peers are asked, and which answers count; port 0 for a health endpoint that is off. */
type AskSettings = Pick<Settings, 'healthPort' | 'clientPort' | 'peerKey' | 'peerAuth'>;

/**
 * Asks all peers at once what they are and hold; never rejects, and is done when the time is up: name look-up, connection
 * and answer.
 */
export function askPeers(
  peers: readonly Member[],
  settings: AskSettings,
  timeoutMs: number,
): Promise<PeerAnswer[]> {
  return Promise.all(peers.map((member) => askPeer(member, settings, timeoutMs)));
}

/**
 * Its supervisor, and its ZooKeeper for the case that there is none: that a quorum serves is all that is needed then. Where
 * a key is needed, a ZooKeeper cannot show one, and is not asked.
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
    // A marked answer of another member, handed on in the name of this one, is no word on this one's server.
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
  if (heard === undefined) return 'cannot be asked, since ZK_HEALTH_PORT is 0';
  const { answer, mark } = heard;
  if (answer.kind === 'absent')
    return `does not listen on port ${healthPort} (not started, or another ZK_HEALTH_PORT)`;
  if (mark === 'none' || mark === 'wrong') return unmarkedWords(mark);
  if (answer.kind === 'answer') return `answers on port ${healthPort} with status ${answer.status}`;
  if (answer.code === 'ENOTFOUND' || answer.code === 'EAI_AGAIN') return 'does not resolve';
  if (answer.code !== undefined) return `cannot be reached (${answer.code})`;
  if (answer.cause === 'timeout') return `does not answer on port ${healthPort} within ${timeoutMs} ms`;
  return `answers on port ${healthPort}, but is no zk-entrypoint`;
}

/**
 * Asks every address of the domain in which a member has its name: a headless Service has one for each of its pods
 * (Kubernetes, "DNS for Services and Pods"), also for those that no list names. One that tells its id has that id; each of
 * the others gets one that nobody has. Never rejects.
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
