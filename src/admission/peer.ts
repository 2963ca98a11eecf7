import type { Member } from '../ensemble/member.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { MemberFact } from '../health/facts.ts';
import type { Heard } from './decision.ts';
import { ensembleWords, isOtherEnsemble } from './ensemble-name.ts';
import type { HeardList } from './list-decision.ts';
import type { Told } from './told.ts';
import { sameVoters } from './voter-lists.ts';

/** What came of asking one peer. */
export interface PeerAnswer {
  readonly member: Member;
  readonly told: Told | undefined;
  /** Why it told nothing, in words that follow its name; said only when it did not. */
  readonly silence: string;
  /** What its ZooKeeper itself says of its mode, where it has no supervisor that does. */
  readonly mode?: string;
}

/** What we tell of ourselves, to compare with. */
export type Ourselves = Omit<MemberFact, 'known' | 'waiting'>;

const IN_A_QUORUM: readonly (string | undefined)[] = ['leader', 'follower', 'observer'];

/** A peer's answer as the decision needs it. */
export function hear({ member, told, silence }: PeerAnswer, us: Ourselves): Heard {
  if (told === undefined) return { kind: 'silent', why: silence };
  const { member: fact } = told;
  if (fact === undefined)
    return { kind: 'silent', why: 'does not tell what its volume holds: its zk-entrypoint is older' };
  const stranger = strangeness(member, fact, us);
  if (stranger !== undefined) return { kind: 'silent', why: stranger };
  return { kind: 'heard', known: fact.known, hasData: fact.volume === 'data', voters: fact.voters };
}

/** What it says of its own list. */
export function hearList(answer: PeerAnswer, us: Ourselves): HeardList {
  const heard = hear(answer, us);
  if (heard.kind === 'silent') return heard;
  const serves = isServing(answer.told?.mode ?? answer.mode);
  return { kind: 'heard', voters: heard.voters, served: heard.known, serves };
}

function isServing(mode: string | undefined): boolean {
  return mode === 'standalone' || IN_A_QUORUM.includes(mode);
}

/** True when it serves in a quorum of ours: a standalone server is none. */
export function servesInQuorum({ member, told, mode }: PeerAnswer, us: Ourselves): boolean {
  if (!IN_A_QUORUM.includes(told?.mode ?? mode)) return false;
  return told?.member === undefined || strangeness(member, told.member, us) === undefined;
}

function strangeness({ id }: Member, fact: MemberFact, us: Ourselves): string | undefined {
  if (fact.instance === us.instance) {
    return 'leads to this member itself: members on one host need addresses of their own (ZK_HEALTH_ADDRESS)';
  }
  if (fact.id !== id) return `answers as member ${fact.id}`;
  return isOtherEnsemble(nameOf(fact), nameOf(us))
    ? `is of the ensemble ${ensembleWords(nameOf(fact))}`
    : undefined;
}

function nameOf({ ensemble, domain }: Pick<MemberFact, 'ensemble' | 'domain'>) {
  return { name: ensemble, domain };
}

/** What the peers say that does not fit with us; those who said nothing are no finding. */
export function peerFindings(answers: readonly PeerAnswer[], us: Ourselves): Finding[] {
  return answers.flatMap(({ member, told }) => {
    const fact = told?.member;
    return fact === undefined || fact.instance === us.instance ? [] : misfits(member, fact, us);
  });
}

function misfits({ host }: Member, fact: MemberFact, us: Ourselves): Finding[] {
  if (isOtherEnsemble(nameOf(fact), nameOf(us))) {
    return [
      finding('ZK-PEER-002', {
        subject: host,
        problem: `is a member of the ensemble ${ensembleWords(nameOf(fact))}, this server is of ${ensembleWords(nameOf(us))}`,
        remedy: 'correct ZK_ENSEMBLE, ZK_DOMAIN or ZK_CLUSTER_NAME',
      }),
    ];
  }
  if (fact.id === us.id) {
    return [
      finding('ZK-PEER-001', {
        subject: host,
        problem: `runs with the id ${fact.id}, which is ours`,
        remedy: 'give each member an id of its own',
      }),
    ];
  }
  const old = goneOnWithout(fact, us) ? [oldData(host, fact)] : [];
  return sameServers(fact, us) ? old : [...old, otherList(host, fact, us)];
}

/** The volume of a member that was scaled away and comes back: it votes with what it held then. */
function goneOnWithout(fact: MemberFact, us: Ourselves): boolean {
  const bothHold = us.volume === 'data' && fact.volume === 'data' && fact.known.length > 0;
  return bothHold && us.voters.includes(us.id) && !fact.known.includes(us.id);
}

function oldData(host: string, { known }: MemberFact): Finding {
  return finding('ZK-PEER-007', {
    subject: host,
    problem: `has served with the voters ${known.join(', ')}, without this member, which holds data all the same`,
    remedy:
      'when this member was scaled away meanwhile, stop it and empty its volume, so that the quorum gives it the data; while members are added this passes by itself',
  });
}

function sameServers(fact: MemberFact, us: Ourselves): boolean {
  return (
    sameVoters(fact.voters, us.voters) && [...fact.servers].sort().join() === [...us.servers].sort().join()
  );
}

function otherList(host: string, fact: MemberFact, us: Ourselves): Finding {
  return finding('ZK-PEER-003', {
    subject: host,
    problem: `was started with ${fact.servers.join(' ') || 'no list'}, this server with ${us.servers.join(' ')}`,
    remedy: 'give all members the same list; while a change is rolled out this passes by itself',
  });
}
