import type { LocalMember } from '../local-ensemble/member.ts';

/** The status of a start that settings or safety refused (docs/errors.md). */
const REFUSED = 78;

/** What came of one start. */
export interface StartFacts {
  readonly refused: boolean;
  /** It was held back before its JVM for a while. */
  readonly waited: boolean;
  /** From the start until it served, in milliseconds; undefined when it did not. */
  readonly servedMs: number | undefined;
}

/** One start of one member, as it goes. */
export class Started {
  readonly member: LocalMember;
  readonly #atMs = performance.now();
  /** What it had written before. */
  readonly #logged: number;
  #servedMs: number | undefined;
  #refused = false;

  /** Starts it; `begin` says how. */
  constructor({ member, begin }: { member: LocalMember; begin(): void }) {
    this.member = member;
    this.#logged = sizeOf(member);
    begin();
    void member.exited.then(({ status }) => {
      if (status === REFUSED) this.#refused = true;
    });
  }

  get refused(): boolean {
    return this.#refused;
  }

  /** As of now; the member's folder must be there. */
  facts(): StartFacts {
    const waited =
      /without data this member waits|the data of this member has vanished|waits until the old list cannot form a second quorum/.test(
        this.log(),
      );
    return { refused: this.#refused, waited, servedMs: this.#servedMs };
  }

  noteServing(): void {
    this.#servedMs ??= performance.now() - this.#atMs;
  }

  /** What this start has written. */
  log(): string {
    return this.member.log().slice(this.#logged);
  }
}

function sizeOf(member: LocalMember): number {
  try {
    return member.log().length;
  } catch {
    return 0;
  }
}
