import { listFindings } from '../admission/list-findings.ts';
import type { PeerAnswer } from '../admission/peer-replies.ts';
import { majoritiesMeet } from '../admission/voter-lists.ts';
import type { Finding } from '../findings/finding.ts';
import { readCommitted } from '../host/zookeeper-client/configuration.ts';
import { readConfiguration, votersOf } from '../membership/configuration.ts';
import { listView } from './admit.ts';
import type { StartLook, StartMember } from './member.ts';

/** Long enough for a server that elects; the start of a member that is taken over has this once. */
const ASK_MS = 2_000;

/**
 * Peers that serve without this program have no records. A member that comes with their data and another list could form a
 * second quorum with later ones. The list that they serve with is in /zookeeper/config: each peer sets it when it has found
 * its leader (ZKDatabase.initConfigInZKDatabase, 3.5), and every client may read it. No findings if the lists agree closely
 * enough, or if no peer can be asked.
 */
export async function plainPeerFindings(
  member: StartMember,
  look: StartLook,
  answers: readonly PeerAnswer[],
): Promise<Finding[]> {
  const { settings } = member.ready;
  const isTakenOver = look.record === undefined && look.data === 'served' && settings.membership === 'static';
  if (!isTakenOver || member.self.role !== 'participant') return [];
  const plain = answers.filter(
    ({ told, mode }) => told === undefined && (mode === 'leader' || mode === 'follower'),
  );
  const lists = await Promise.all(plain.map(({ member: peer }) => votersAt(peer.host, settings.clientPort)));
  const at = lists.findIndex((list) => list !== undefined && !majoritiesMeet(list, member.voters));
  const other = lists[at];
  if (other === undefined) return [];
  const serving = plain
    .filter((_, place) => lists[place]?.join() === other.join())
    .map((each) => each.member.id);
  return listFindings({ kind: 'refuse', other, serving }, listView(member, look));
}

async function votersAt(host: string, port: number): Promise<readonly number[] | undefined> {
  const answer = await readCommitted({ host, port, timeoutMs: ASK_MS });
  if (answer.kind === 'failed') return undefined;
  const reading = readConfiguration(answer.text);
  return reading.kind === 'read' ? votersOf(reading.configuration) : undefined;
}
