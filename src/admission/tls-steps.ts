import { type Finding, finding } from '../findings/finding.ts';
import type { QuorumTls } from '../settings/tls.ts';

/** The way from plain text to TLS and back; each step speaks to the one before and the one after it, and to no other. */
const STEPS: readonly QuorumTls[] = ['plain', 'accept', 'both', 'tls'];

/** What a start knows of the step that it takes. */
export interface TlsStep {
  readonly now: QuorumTls;
  /** What the last start on this volume was; undefined where its record does not say. */
  readonly before: QuorumTls | undefined;
  /** What the other voters say they were started with, those that say it. */
  readonly others: readonly QuorumTls[];
  readonly voters: number;
}

/** Whether two members can speak to each other, whoever connects (UnifiedServerSocket). */
export function understandEachOther(one: QuorumTls, other: QuorumTls): boolean {
  return Math.abs(STEPS.indexOf(one) - STEPS.indexOf(other)) < 2;
}

/**
 * Refuses a step that would leave the quorum in two parts: one that skips another, by the record of the volume, and one that is taken
 * before most of the others have taken the last.
 */
export function tlsStepFindings({ now, before, others, voters }: TlsStep): Finding[] {
  if (voters < 2) return [];
  const skipped = before !== undefined && !understandEachOther(now, before);
  const behind = others.filter((other) => !understandEachOther(now, other));
  if (skipped)
    return [
      refused(
        `goes from ${before} to ${now} at once: this member could not speak to those that are restarted later`,
        `roll out ${next(before, now)} to all members first; the steps are ${STEPS.join(', ')}`,
      ),
    ];
  const [first] = behind;
  if (first === undefined || 2 * behind.length < voters) return [];
  return [
    refused(
      `is ${now}, and ${behind.length} of the ${voters - 1} others are still ${first}: this member could not speak to them`,
      `let all members serve with ${next(first, now)} first`,
    ),
  ];
}

function next(from: QuorumTls, to: QuorumTls): string {
  const [at, end] = [STEPS.indexOf(from), STEPS.indexOf(to)];
  return STEPS[at + Math.sign(end - at)] ?? to;
}

function refused(problem: string, remedy: string): Finding {
  return finding('ZK-TLS-017', { subject: 'ZK_QUORUM_TLS', problem, remedy });
}

/** The step that lines of zoo.cfg come to, whoever has written them. */
export function stepOf(pairs: readonly (readonly [string, string])[]): QuorumTls {
  const isOn = (key: string) => pairs.some(([name, value]) => name === key && value.toLowerCase() === 'true');
  if (isOn('sslQuorum')) return isOn('portUnification') ? 'both' : 'tls';
  return isOn('portUnification') ? 'accept' : 'plain';
}

/** True for one of the steps. */
export function isStep(word: unknown): word is QuorumTls {
  return STEPS.some((step) => step === word);
}
