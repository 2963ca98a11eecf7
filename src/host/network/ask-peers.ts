import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { PeerAnswer } from '../../admission/peer-replies.ts';
import { readPeerStatus } from '../../admission/peer-status.ts';
import type { Member } from '../../ensemble/member.ts';
import { readSrvr } from '../../zookeeper/four-letter/srvr.ts';
import { askSupervisor, type SupervisorAnswer } from './ask-supervisor.ts';
import { askFourLetter } from './four-letter.ts';

/** Where the peers are asked; 0 for a health endpoint that is off. */
export interface PeerPorts {
  readonly healthPort: number;
  readonly clientPort: number;
  /** Over everything: name look-up, connection and answer. */
  readonly timeoutMs: number;
}

/** Asks all peers at once what they are and hold; never rejects, and is done when the time is up. */
export function askPeers(peers: readonly Member[], ports: PeerPorts): Promise<PeerAnswer[]> {
  return Promise.all(peers.map((member) => askPeer(member, ports)));
}

/** Its supervisor, and its ZooKeeper for the case that there is none: that a quorum serves is all that is needed then. */
async function askPeer(member: Member, ports: PeerPorts): Promise<PeerAnswer> {
  const [answer, mode] = await Promise.all([bySupervisor(member, ports), modeOf(member, ports)]);
  const told = answer?.kind === 'answer' && answer.status === 200 ? readPeerStatus(answer.body) : undefined;
  if (told !== undefined) return { member, told: { ...told, mode: told.mode ?? mode }, silence: '' };
  const silence = silenceOf(answer, ports);
  return { member, told: undefined, silence, ...(mode === undefined ? {} : { mode }) };
}

function bySupervisor({ host }: Member, { healthPort: port, timeoutMs }: PeerPorts) {
  return port === 0 ? undefined : askSupervisor({ host, port, path: '/status', timeoutMs });
}

async function modeOf({ host }: Member, { clientPort: port, timeoutMs }: PeerPorts) {
  const srvr = readSrvr(await askFourLetter({ host, port, word: 'srvr', timeoutMs, maxBytes: 65_536 }));
  return srvr.serving ? srvr.mode : undefined;
}

function silenceOf(answer: SupervisorAnswer | undefined, { healthPort, timeoutMs }: PeerPorts): string {
  if (answer === undefined) return 'cannot be asked, since ZK_HEALTH_PORT is 0';
  if (answer.kind === 'absent')
    return `does not listen on port ${healthPort} (not started, or another ZK_HEALTH_PORT)`;
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
export async function askNeighbours(self: Member, ports: PeerPorts): Promise<PeerAnswer[]> {
  const domain = isIP(self.host) === 0 ? self.host.slice(self.host.indexOf('.') + 1) : '';
  if (domain === '' || domain === self.host) return [];
  const addresses = (await addressesOf(domain, ports.timeoutMs)).filter((address) => !isOwn(address));
  const members = addresses.map((host, place): Member => ({ ...self, host, id: -1 - place }));
  const answers = await askPeers(members, ports);
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
