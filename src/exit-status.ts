/** The exit statuses that are ours and not the JVM's; numbers as in sysexits.h, and as in a shell from 126 on. */
export const ownStatus = {
  /** We were asked to stop and have stopped. */
  stopped: 0,
  /** The command line has a word or flag we do not know (EX_USAGE). */
  wrongFlags: 64,
  /** Something we asked did not answer (EX_UNAVAILABLE). */
  noAnswer: 69,
  /** A bug of ours, or an unexpected end that no status explains (EX_SOFTWARE). */
  bug: 70,
  /** A file cannot be written (EX_CANTCREAT). */
  cannotWrite: 73,
  /** The system does not permit it (EX_NOPERM). */
  notPermitted: 77,
  /** Settings or safety refused the start (EX_CONFIG). */
  refused: 78,
  /** `java` is there and cannot be executed. */
  notExecutable: 126,
  /** `java` is not there. */
  notFound: 127,
  /** The JVM did not stop in time and was killed: 128 + SIGKILL. */
  killed: 137,
} as const;

/** An end with a status of ours and one line for a person; never a stack trace. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** One of ownStatus. */
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A flag whose value cannot be used ends the command with 64, and says why and what to give. */
export function wrongFlag(flag: string, value: string, wrong: { problem: string; remedy: string }): Refusal {
  return new Refusal(ownStatus.wrongFlags, `${flag} "${value}" ${wrong.problem}; ${wrong.remedy}`);
}
