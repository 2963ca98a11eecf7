import { ownStatus, Refusal } from '../exit-status.ts';
import { type ProbeName, parseTimeout, probe } from './probe.ts';

export interface ProbeFlags {
  readonly timeout: string;
}

/** Liveness, as the whole program reads its flags. */
export const live = (flags: ProbeFlags) => probeWith('live', flags);

/** Readiness, as the whole program reads its flags. */
export const ready = (flags: ProbeFlags) => probeWith('ready', flags);

async function probeWith(name: ProbeName, { timeout }: ProbeFlags): Promise<number> {
  const span = parseTimeout(timeout);
  if (!span.ok)
    throw new Refusal(ownStatus.wrongFlags, `--timeout "${timeout}" ${span.problem}; ${span.remedy}`);
  return probe(name, span.value);
}
