import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingLine } from '../../src/findings/finding.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';
import { unusual } from './unusual-environments.ts';

/** Said of every environment of an image, so that they hide what is said of this one. */
const OF_ALL = ['ZK-DIALECT-006', 'ZK-DIALECT-007'];

/** Keys of zoo.cfg that tell who is a member and who may ask. */
const TELLING = /^(server|clientPort|4lw|peerType|group|weight|admin|quorumListen|standalone|metrics)/;

async function outcomeOf(variables: Readonly<Record<string, string>>, from?: keyof typeof unusual) {
  const machine = fakeMachine({ variables, hostName: 'abc123', release: '3.9.6', memoryMiB: 4_096 });
  const prepared = await prepare(machine, { assume: { kind: 'nothing' }, ...(from ? { from } : {}) });
  const { draft, ready, settings, findings } = prepared;
  const zooCfg = draft?.plan.files.find(({ path }) => path.endsWith('/zoo.cfg'))?.content ?? '';
  const flags = [...settings.serverJvmFlags, ...settings.jvmFlags];
  return [
    ...findings.filter(({ code }) => !OF_ALL.includes(code)).map(findingLine),
    ready === undefined ? 'refused' : `starts as ${ready.ensemble.self.id}`,
    ...(ready === undefined ? [] : zooCfg.split('\n').filter((line) => TELLING.test(line))),
    ...(ready === undefined || flags.length === 0 ? [] : [flags.join(' ')]),
  ];
}

describe.each(Object.keys(unusual) as (keyof typeof unusual)[])('unusual environments of %s', (id) => {
  it('come to these members and findings', async () => {
    const parts = await Promise.all(
      unusual[id].map(async (variables) => {
        const told = await outcomeOf(variables);
        const forced = await outcomeOf(variables, id);
        const isSame = JSON.stringify(told) === JSON.stringify(forced);
        return [JSON.stringify(variables), ...told, ...(isSame ? [] : ['with --from:', ...forced])].join(
          '\n  ',
        );
      }),
    );
    expect(parts.length).toBeGreaterThanOrEqual(40);
    await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, 'golden', `unusual-${id}.txt`),
    );
  });
});
