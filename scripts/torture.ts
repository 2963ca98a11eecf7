import { type Flags, readFlags, USAGE } from './torture/flags.ts';
import { entrypoint, homes } from './torture/homes.ts';
import { tellOutcome, tellUnproven } from './torture/report/tell.ts';
import { torture } from './torture/run.ts';
import { selfTest } from './torture/self-test.ts';

/** 128 + SIGINT, as a shell says it; the watchdog of the run takes everything away. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

const say = (line: string) => console.log(line);
const flags = readFlags(process.argv.slice(2));
if (typeof flags === 'string') {
  console.error(flags);
  process.exit(flags === USAGE ? 0 : 64);
}
process.exitCode = await (flags.selfTest ? selfTest({ ...flags, say }) : once(flags));

async function once(options: Flags): Promise<number> {
  try {
    const outcome = await torture({ ...options, ...homes(), program: entrypoint, say });
    return tellOutcome(outcome, { ...options, say });
  } catch (error) {
    return tellUnproven(error, { ...options, say });
  }
}
