import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { PeerAnswer } from '../../admission/peer-replies.ts';
import type { Member } from '../../ensemble/member.ts';
import { askPeers, type PeerPorts } from './ask-peers.ts';

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
