import { elasticTorture } from './torture/elastic/run.ts';
import { type Flags, readFlags, USAGE } from './torture/flags.ts';
import { entrypoint, homes } from './torture/homes.ts';
import { tellOutcome, tellUnproven } from './torture/report/tell.ts';
import { torture } from './torture/run.ts';
import { elasticSelfTest, selfTest } from './torture/self-test.ts';

/** 128 + SIGINT, as a shell says it; the watchdog of the run takes everything away. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

const say = (line: string) => console.log(line);
const flags = readFlags(process.argv.slice(2));
if (typeof flags === 'string') {
  console.error(flags);
  process.exit(flags === USAGE ? 0 : 64);
}
process.exitCode = await chosen(flags);

function chosen(options: Flags): Promise<number> {
  if (options.elastic) return elastic(options);
  return options.selfTest ? selfTest({ ...options, say }) : once(options);
}

/** The ensemble that grows and shrinks; with --self-test the builds that break its rules. */
async function elastic({ faults, seed, selfTest: isTest }: Flags): Promise<number> {
  if (isTest) return elasticSelfTest({ seed, say });
  const { changes, acknowledged, violations, ...done } = await elasticTorture({
    ...homes(),
    faults,
    seed,
    program: entrypoint,
    say,
  });
  say(
    `seed ${seed}: ${done.faults} faults in ${changes} changes of the members, ${acknowledged} acknowledged writes, ${violations.length} promises broken`,
  );
  for (const { promise, text } of violations) say(`BROKEN ${promise}: ${text}`);
  return violations.length === 0 ? 0 : 1;
}

async function once(options: Flags): Promise<number> {
  try {
    const outcome = await torture({ ...options, ...homes(), program: entrypoint, say });
    return tellOutcome(outcome, { ...options, say });
  } catch (error) {
    return tellUnproven(error, { ...options, say });
  }
}
