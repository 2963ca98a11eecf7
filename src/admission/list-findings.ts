import { type Finding, finding } from '../findings/finding.ts';
import type { ListDecision, ListWaiting } from './list-decision.ts';
import { listWords, majoritiesMeet, stepsBetween, type VoterList } from './voter-lists.ts';
import type { Names } from './waiting.ts';

interface ListView {
  /** The voters of our list. */
  readonly voters: VoterList;
  readonly names: Names;
}

/** What a decision about lists is worth saying before anything is done; nothing where the start goes on. */
export function listFindings(decision: ListDecision, view: ListView): Finding[] {
  if (decision.kind === 'refuse') return [refusal(decision, view)];
  if (decision.kind === 'go') return [];
  const { sentence, remedy } = listWaiting(decision.why, view);
  return [finding('ZK-PEER-009', { subject: 'ZK_REPLICAS or ZK_ENSEMBLE', problem: sentence, remedy })];
}

function refusal(
  { other, serving }: Extract<ListDecision, { kind: 'refuse' }>,
  { voters, names }: ListView,
): Finding {
  const who = serving.map((id) => nameOf(id, names)).join(', ');
  return finding('ZK-PEER-008', {
    subject: 'ZK_REPLICAS or ZK_ENSEMBLE',
    problem: `lists the voters ${listWords(voters)}, but ${who} serve with the voters ${listWords(other)}, and there would be two quorums`,
    remedy: wayBetween(other, voters),
  });
}

/** Why the start waits and what can be done, in two parts that are joined with a semicolon. */
export function listWaiting(
  { silent, holding, unserved, stale, beside }: ListWaiting,
  { voters, names }: ListView,
): { readonly sentence: string; readonly remedy: string } {
  const each = [
    ...[...silent].map(([id, why]) => `${nameOf(id, names)} ${why}`),
    ...[...holding].map(([id, list]) => `${nameOf(id, names)} still has the voters ${listWords(list)}`),
    ...[...unserved].map(
      ([id, list]) => `${nameOf(id, names)} has last served with the voters ${listWords(list)}`,
    ),
    ...[...stale].map(
      ([id, list]) =>
        `${nameOf(id, names)} is new to the list and has data of when it served with the voters ${listWords(list)}: empty its volume`,
    ),
  ];
  const from = beside.find((list) => !majoritiesMeet(list, voters)) ?? beside[0] ?? [];
  return {
    sentence: `the voters are ${listWords(voters)} now and were ${listWords(from)}: this member waits until the old list cannot form a second quorum: ${each.join('; ')}`,
    remedy: majoritiesMeet(from, voters) ? oneAfterTheOther(from) : wayBetween(from, voters),
  };
}

function oneAfterTheOther(from: VoterList): string {
  return `start the members that do not answer, and let all serve with the voters ${listWords(from)} first, or give this member that list again`;
}

/** From three to five: go over four. */
function wayBetween(from: VoterList, to: VoterList): string {
  const steps = stepsBetween(from, to);
  const [first = from] = steps;
  const sizes = steps.map(({ length }) => length);
  const over = `${sizes.slice(0, -1).join(', ')}${sizes.length > 1 ? ' and ' : ''}${sizes.at(-1)}`;
  return `change one voter at a time: from ${from.length} to ${to.length} go over ${over} (next: the voters ${listWords(first)}), each rolled out to the end first; or stop all members of the old list and start all with the new one`;
}

function nameOf(id: number, names: Names): string {
  return names.get(id) ?? `member ${id}`;
}
