import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { findingLine } from '../../src/findings/finding.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import { ownerOfZooCfgKey } from '../../src/settings/table.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';
import { bitnamiEnvironments, confluentEnvironments, dockerLibraryEnvironments } from './environments.ts';
import { bitnamiRules, confluentRules, dockerLibraryRules } from './source-rules.ts';

const sources = [
  { id: 'bitnami', rules: bitnamiRules, environments: bitnamiEnvironments, data: '/bitnami/zookeeper/data' },
  { id: 'docker-library', rules: dockerLibraryRules, environments: dockerLibraryEnvironments, data: '/data' },
  { id: 'confluent', rules: confluentRules, environments: confluentEnvironments, data: '' },
] as const;

/** What ZooKeeper does where a key is not written: then an image that writes it changes nothing. */
const BY_ITSELF: Readonly<Record<string, string>> = {
  preAllocSize: '65536',
  snapCount: '100000',
  maxCnxns: '0',
  reconfigEnabled: 'false',
  quorumListenOnAllIPs: 'false',
  standaloneEnabled: 'true',
};

async function preparedFor(variables: Readonly<Record<string, string>>, data: string) {
  const machine = fakeMachine({ variables, hostName: 'zk-0', release: '3.9.6', memoryMiB: 4_096 });
  const findData = (directory: string) =>
    (directory === data || (data === '/data' && directory === '/datalog') ? 'data' : 'absent') as
      | 'data'
      | 'absent';
  return prepare({ ...machine, places: { findData } }, { assume: { kind: 'nothing' } });
}

type Prepared = Awaited<ReturnType<typeof preparedFor>>;

function zooCfg({ draft }: Prepared): Map<string, string> {
  const text = draft?.plan.files.find(({ path }) => path.endsWith('/zoo.cfg'))?.content ?? '';
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

/** Keys of the source that come out otherwise here although nothing says so. */
function silentlyOther(theirs: ReadonlyMap<string, string>, prepared: Prepared): string[] {
  const ours = zooCfg(prepared);
  // A port that the source closes is a difference too.
  const opened = [...ours].filter(([key]) => key === 'clientPort' && !theirs.has(key));
  const closed = opened.map(([key]) => [key, '(closed)'] as const);
  return [...theirs, ...closed]
    .filter(
      ([key, value]) => !isSame({ key, theirs: value, ours: ours.get(key) ?? BY_ITSELF[key], all: ours }),
    )
    .filter(([key]) => !prepared.findings.some((found) => isAbout(found, key)))
    .map(([key, value]) => `${key}: ${value} there, ${ours.get(key)} here`);
}

function isSame(pair: {
  key: string;
  theirs: string;
  ours: string | undefined;
  all: ReadonlyMap<string, string>;
}): boolean {
  const { key, theirs, ours, all } = pair;
  if (key === '4lw.commands.whitelist') {
    const given = (text = '') => text.split(/[\s,]+/);
    return ours === '*' || given(theirs).every((word) => given(ours).includes(word));
  }
  // One server is a server alone, without a line of its own.
  if (key.startsWith('server.') && ours === undefined)
    return ![...all.keys()].some((name) => name.startsWith('server.'));
  const written = ours?.replace(/^zk-0\.zk-headless\.default\.svc\.cluster\.local:/, '0.0.0.0:');
  return ours === theirs || written === theirs;
}

function isAbout({ subject, problem }: Finding, key: string): boolean {
  const names = [key, ownerOfZooCfgKey(key) ?? key, key.startsWith('admin.') ? 'ZK_ADMIN_PORT' : key];
  return names.some((name) => `${subject} ${problem}`.includes(name));
}

describe.each(sources)('$id', ({ id, rules, environments, data }) => {
  it('has thirty environments', () => {
    expect(environments).toHaveLength(30);
  });

  it.each(environments.map((variables) => [JSON.stringify(variables), variables] as const))(
    '%s comes to the same keys, or says which it does not',
    async (_, variables) => {
      const prepared = await preparedFor(variables, data);
      if (prepared.draft === undefined) expect(prepared.ledger.refuses).toBe(true);
      else expect(silentlyOther(rules(variables), prepared)).toEqual([]);
    },
  );

  it('comes to these files and findings', async () => {
    const parts = await Promise.all(
      environments.map(async (variables) => {
        const prepared = await preparedFor(variables, data);
        const keys = [...zooCfg(prepared)].map(([key, value]) => `  ${key}=${value}`);
        const names = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
        const lines = prepared.findings.map((found) => `  ${findingLine(found)}`);
        return [...names, '=>', ...keys, ...lines].join('\n');
      }),
    );
    await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, 'golden', `${id}.txt`),
    );
  });
});

// Without these, a comparison that finds nothing would hold every environment to be taken over whole.
describe('the comparison', () => {
  it('misses a key that is not taken over', async () => {
    const prepared = await preparedFor({ ZOO_MY_ID: '1' }, '/data');
    expect(
      silentlyOther(
        new Map([
          ['snapSizeLimitInKb', '7'],
          ['clientPort', '2181'],
        ]),
        prepared,
      ),
    ).toEqual(['snapSizeLimitInKb: 7 there, undefined here']);
  });

  it('misses another value', async () => {
    const prepared = await preparedFor({ ZOO_MY_ID: '1', ZOO_TICK_TIME: '2500' }, '/data');
    const theirs = new Map([['tickTime', '2600']]).set('clientPort', '2181');
    expect(silentlyOther(theirs, prepared)).toHaveLength(1);
  });
});
