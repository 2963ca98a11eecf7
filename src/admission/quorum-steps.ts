import { type Finding, finding } from '../findings/finding.ts';
import type { QuorumLogin } from '../settings/logins.ts';
import type { QuorumTls } from '../settings/tls.ts';

/** A way that an ensemble goes by rolling restarts: each step speaks to the one before and the one after it, and to no other. */
interface Way<Step extends string> {
  readonly steps: readonly Step[];
  readonly variable: string;
  readonly code: 'ZK-TLS-017' | 'ZK-LOGIN-003';
  /** The step that lines of zoo.cfg come to, whoever has written them. */
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

/** What a start knows of the step that it takes. */
export interface Taken<Step> {
  readonly now: Step;
  /** What the last start on this volume was; undefined where its record does not say. */
  readonly before: Step | undefined;
  /** What the other voters say they were started with, those that say it. */
  readonly others: readonly Step[];
  readonly voters: number;
}

/** Whether two members can speak to each other, whoever connects. */
export function understandEachOther<Step extends string>(way: Way<Step>, one: Step, other: Step): boolean {
  return Math.abs(way.steps.indexOf(one) - way.steps.indexOf(other)) < 2;
}

/**
 * Refuses a step that would leave the quorum in two parts: one that skips another, by the record of the volume, and one that is taken
 * before most of the others have taken the last.
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
