import { type Finding, finding } from '../findings/finding.ts';
import type { QuorumLogin } from '../settings/logins.ts';
import type { QuorumTls } from '../settings/tls.ts';

/** Steps that an ensemble takes by rolling restarts. Members can connect only if they are at the same step or at neighbours. */
interface Way<Step extends string> {
  readonly steps: readonly Step[];
  readonly variable: string;
  readonly code: 'ZK-TLS-017' | 'ZK-LOGIN-003';
  /** The step that the lines of zoo.cfg give. */
  of(pairs: ExtraLines): Step;
}

type ExtraLines = readonly (readonly [string, string])[];

/** From plain text to TLS and back (UnifiedServerSocket), and from no logins between members to logins (SaslQuorumAuthServer). */
export const ways: { readonly tls: Way<QuorumTls>; readonly login: Way<QuorumLogin> } = {
  tls: {
    steps: ['plain', 'accept', 'both', 'tls'],
    variable: 'ZK_QUORUM_TLS',
    code: 'ZK-TLS-017',
    of(pairs) {
      if (isOn(pairs, 'sslQuorum')) return isOn(pairs, 'portUnification') ? 'both' : 'tls';
      return isOn(pairs, 'portUnification') ? 'accept' : 'plain';
    },
  },
  login: {
    steps: ['off', 'accept', 'both', 'require'],
    variable: 'ZK_QUORUM_LOGIN',
    code: 'ZK-LOGIN-003',
    of(pairs) {
      if (!isOn(pairs, 'quorum.auth.enableSasl')) return 'off';
      if (isOn(pairs, 'quorum.auth.serverRequireSasl')) return 'require';
      return isOn(pairs, 'quorum.auth.learnerRequireSasl') ? 'both' : 'accept';
    },
  },
};

function isOn(pairs: ExtraLines, key: string): boolean {
  return pairs.some(([name, value]) => name === key && value.toLowerCase() === 'true');
}

/** What a start knows about its step. */
export interface Taken<Step> {
  readonly now: Step;
  /** The step of the last start on this volume; undefined if the record does not have it. */
  readonly before: Step | undefined;
  /** The steps that other voters report for their last start. */
  readonly others: readonly Step[];
  readonly voters: number;
}

/** Whether two members can talk to each other, in both directions. */
export function understandEachOther<Step extends string>(way: Way<Step>, one: Step, other: Step): boolean {
  return Math.abs(way.steps.indexOf(one) - way.steps.indexOf(other)) < 2;
}

/**
 * Refuses a step that would split the quorum into two parts: a step that skips another (by the record of the volume), and a
 * step that is taken before most other members have taken the previous one.
 */
export function stepFindings<Step extends string>(
  way: Way<Step>,
  { now, before, others, voters }: Taken<Step>,
): Finding[] {
  if (voters < 2) return [];
  if (before !== undefined && !understandEachOther(way, now, before))
    return [
      refused(
        way,
        `goes from ${before} to ${now} in one step: this member could not talk to members that restart later`,
        `roll out ${next(way, before, now)} to all members first; the steps are ${way.steps.join(', ')}`,
      ),
    ];
  const behind = others.filter((other) => !understandEachOther(way, now, other));
  const [first] = behind;
  if (first === undefined || 2 * behind.length < voters) return [];
  return [
    refused(
      way,
      `is ${now}, and ${behind.length} of the ${voters - 1} others are still ${first}: this member could not talk to them`,
      `let all members serve with ${next(way, first, now)} first`,
    ),
  ];
}

function next<Step extends string>({ steps }: Way<Step>, from: Step, to: Step): string {
  const [at, end] = [steps.indexOf(from), steps.indexOf(to)];
  return steps[at + Math.sign(end - at)] ?? to;
}

function refused(
  { code, variable }: Pick<Way<string>, 'code' | 'variable'>,
  problem: string,
  remedy: string,
): Finding {
  return finding(code, { subject: variable, problem, remedy });
}

/** True for one of the steps of the way. */
export function isStep<Step extends string>({ steps }: Way<Step>, word: unknown): word is Step {
  return steps.some((step) => step === word);
}
