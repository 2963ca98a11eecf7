import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { damageOne } from './local-ensemble/damage.ts';
import { startEnsemble } from './local-ensemble/ensemble.ts';
import { throughEntrypoint } from './local-ensemble/launch.ts';
import type { LocalMember } from './local-ensemble/member.ts';
import { cutPower, stop, write } from './local-ensemble/volumes.ts';
import { missingAt, Writer } from './local-ensemble/writer.ts';
import { pick, randomFrom } from './torture/plan/random.ts';

/**
 * Damages one member after the other, under a writer: each time a file of its data is cut short or a bit of it flips, by
 * chance. With ZK_REPAIR=quorum each must come back by itself, and nothing that was acknowledged may be missing at any
 * member. scripts/damage/start hands ZooKeeper, Java and the built program over.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    home: { type: 'string', default: process.env['ZK_HOME'] ?? '' },
    java: { type: 'string', default: process.env['JAVA_HOME'] ?? '' },
  },
});

const SERVING_MS = 90_000;
/** As a kubelet does; a JVM that has died of damage is started once more, and its supervisor looks closer. */
const MOST_STARTS = 6;
const PARENT = '/writes';

const rounds = Number(values.rounds);
const random = randomFrom(Number(values.seed));

const launch = throughEntrypoint(
  {
    zkHome: values.home,
    javaHome: values.java,
    program: new URL('../bin/zk-entrypoint', import.meta.url).pathname,
  },
  {
    ZK_REPAIR: 'quorum',
    ZK_EXTRA_CONFIG: 'snapCount=500',
    JVMFLAGS: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1',
  },
);

console.log(`${rounds} rounds, seed ${values.seed}`);
const ensemble = await startEnsemble({ size: 3, launch });
const seen = new Map<string, number>();
let failures = 0;
try {
  await ensemble.waitUntilServing({ timeoutMs: SERVING_MS });
  const [first] = ensemble.members as [LocalMember, LocalMember, LocalMember];
  await write(first, PARENT, '');
  const writer = new Writer(ensemble.members, PARENT);
  for (let round = 1; round <= rounds; round += 1) {
    const member = pick(random, ensemble.members);
    const isKilled = random() < 0.5;
    await (isKilled ? cutPower(member) : stop(member));
    const folders = ['data', 'datalog'].map((name) => join(member.folder, name));
    const damage = damageOne(folders, { random });
    if (damage === undefined) throw new Error(`${member.name} has no data`);
    let { how } = damage;
    const from = member.log().length;
    let problem = await bringBack(member);
    // Another number in acceptedEpoch looks like a promise, which the member keeps until an election has a later epoch; by hand then.
    if (problem !== undefined && how === 'acceptedEpoch flipped') {
      await stop(member);
      writeFileSync(damage.file, damage.before);
      problem = await bringBack(member);
      how = 'acceptedEpoch flipped, put back by hand';
    }
    const outcome = problem ?? outcomeOf(member.log().slice(from));
    seen.set(`${how}: ${outcome}`, (seen.get(`${how}: ${outcome}`) ?? 0) + 1);
    if (problem !== undefined) {
      failures += 1;
      console.log(`round ${round}: ${member.name} ${how} ${damage.file}: ${problem}`);
      console.log(member.log().slice(-6_000));
      break;
    }
    // An hour passes between two repairs of a member, or somebody has looked at the disk.
    for (const name of ['data', 'datalog'])
      rmSync(join(member.folder, name, 'zk-entrypoint.set-aside'), { recursive: true, force: true });
    if (round % 25 === 0) console.log(`${round} rounds, ${writer.count} writes acknowledged`);
  }
  const { acknowledged, longestGapMs } = await writer.end();
  for (const member of failures === 0 ? ensemble.members : []) {
    const missing = await missingAt(member, PARENT, acknowledged);
    if (missing.length === 0) continue;
    failures += 1;
    console.log(`${member.name} lacks ${missing.length} acknowledged writes, the first is ${missing[0]}`);
  }
  for (const [what, times] of [...seen].toSorted()) console.log(`${String(times).padStart(5)}  ${what}`);
  console.log(
    `${acknowledged.length} writes acknowledged, longest gap ${(longestGapMs / 1_000).toFixed(1)} s; ${failures} failures`,
  );
} finally {
  await ensemble.close();
}
process.exitCode = failures === 0 ? 0 : 1;

/** Undefined once it serves; else why it does not. */
async function bringBack(member: LocalMember): Promise<string | undefined> {
  for (let start = 1; start <= MOST_STARTS; start += 1) {
    await member.restart();
    const ended = member.exited.then(() => 'ended' as const);
    const serving = ensemble.waitUntilServing({ timeoutMs: SERVING_MS }).then(
      () => 'serves' as const,
      () => 'does not serve' as const,
    );
    const outcome = await Promise.race([ended, serving]);
    if (outcome === 'serves') return undefined;
    if (outcome === 'does not serve') return outcome;
  }
  return `ended ${MOST_STARTS} times`;
}

function outcomeOf(log: string): string {
  const codes = /ZK-VOLUME-052 [^\n]*?(ZK-VOLUME-0(?:04|05|07|10|51))/.exec(log)?.[1];
  return codes === undefined ? 'served by itself' : `repaired, ${codes}`;
}
