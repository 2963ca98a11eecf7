import { describe, expect, it } from 'vitest';
import { type Assigned, assignedInShell } from '../../../src/manifest/pods/shell-variables.ts';

const text = (value: string, isPassedOn = true): Assigned => ({ kind: 'text', text: value, isPassedOn });
const COMPUTED: Assigned = { kind: 'computed' };
const REWRITTEN: Assigned = { kind: 'rewritten' };

describe("the shell's line of a container", () => {
  it.each<[string, Readonly<Record<string, Assigned>>]>([
    ['zk-entrypoint start --x', {}],
    ['export A=1 && exec run', { A: text('1') }],
    ['A=1 run now', { A: text('1') }],
    ['A=1; run now', { A: text('1', false) }],
    ['export A=\'$x y\' B="p q"; run', { A: text('$x y'), B: text('p q', false) }],
    ['A=$((${HOSTNAME##*-}+1)) exec run', { A: COMPUTED }],
    ['A=`hostname` run', { A: COMPUTED }],
    ['A=$(echo $A | tr , " ") run', { A: REWRITTEN }],
    ['A=`echo ${A} | sed s/x/y/` run', { A: REWRITTEN }],
    ['if true; then export A=1; fi; run', { A: COMPUTED }],
    ['java -DA=1 --B=2 run', {}],
    ['A="never closed', {}],
  ])('%s', (line, assigned) => {
    expect(Object.fromEntries(assignedInShell({ command: ['sh', '-c', line] }))).toEqual(assigned);
  });

  it('is one with a blank, and no single word', () => {
    expect(assignedInShell({ command: ['env', 'A=1'], args: ['start'] }).size).toBe(0);
  });
});
