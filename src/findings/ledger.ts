import { type Finding, findingLine, hasErrors } from './finding.ts';
import { type FindingPolicy, underPolicy } from './policy.ts';

/**
 * The only way to report a finding. Each finding is judged once by ZK_IGNORE_FINDINGS and ZK_STRICT and logged once. The
 * log, `/status`, `/metrics` and `check` show these findings. The ledger grows while a start waits.
 */
export class Ledger {
  readonly #policy: FindingPolicy;
  readonly #seen = new Set<string>();
  #tell: (found: Finding) => void = () => {};
  #findings: readonly Finding[] = [];
  #silenced = 0;

  constructor(policy: FindingPolicy) {
    this.#policy = policy;
  }

  /** Takes findings as they were found; one that is there already is not reported again. */
  report(found: readonly Finding[]): void {
    const unseen = found.filter((each) => {
      const line = findingLine(each);
      return !this.#seen.has(line) && this.#seen.add(line);
    });
    const { findings, silenced } = underPolicy(unseen, this.#policy);
    this.#findings = [...this.#findings, ...findings];
    this.#silenced += silenced;
    for (const each of findings) this.#tell(each);
  }

  /** Takes back what no longer holds, so that it may be reported again when it does. */
  withdraw(stale: readonly Finding[]): void {
    const lines = new Set(stale.map(findingLine));
    for (const line of lines) this.#seen.delete(line);
    // ZK_STRICT may have made an error of a warning since.
    this.#findings = this.#findings.filter((each) => !stale.some((other) => isSame(each, other)));
  }

  /** Replaces earlier findings: new ones are reported, and those that no longer apply are removed. */
  replace(told: readonly Finding[], found: readonly Finding[]): void {
    const lines = new Set(found.map(findingLine));
    this.withdraw(told.filter((each) => !lines.has(findingLine(each))));
    this.report(found);
  }

  /** Tells all findings so far, in their order, and from now on each one that is reported. */
  tellTo(tell: (found: Finding) => void): void {
    this.#tell = tell;
    for (const each of this.#findings) tell(each);
  }

  /** All findings so far, with the severity that ZK_STRICT gives them. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** How many were left out because ZK_IGNORE_FINDINGS names them. */
  get silenced(): number {
    return this.#silenced;
  }

  /** True when one of the findings refuses the start. */
  get refuses(): boolean {
    return hasErrors(this.#findings);
  }
}

function isSame(one: Finding, other: Finding): boolean {
  return one.code === other.code && one.subject === other.subject && one.problem === other.problem;
}
