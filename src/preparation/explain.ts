import { displayValue } from '../settings/display.ts';
import { formatBytes } from '../settings/kinds/heap.ts';
import type { Origin } from '../settings/read-row.ts';
import { goesTo } from '../settings/row.ts';
import { rows } from '../settings/table.ts';
import { shownSettings } from './masked-plan.ts';
import type { Prepared } from './prepare.ts';

/** One setting for `render --explain`: what it is, why, and where it goes. */
export interface Explained {
  readonly setting: string;
  readonly value: string;
  readonly from: string;
  readonly goesTo: string;
}

/** Every setting in the order of the table, then what was derived from them. */
export function explain({ settings, origins, ready, facts }: Prepared): Explained[] {
  // As they were given. Values that follow from other settings are shown with those.
  const shown = shownSettings(facts.given ?? settings);
  const given = rows.map(([key, row]) => ({
    setting: row.variable,
    value: displayValue(row, shown[key]).replaceAll('\n', ' ⏎ ') || '(empty)',
    from: originWords(origins.get(key)),
    goesTo: goesTo(row),
  }));
  return ready === undefined ? given : [...given, ...derived(ready)];
}

const LEADS: Readonly<Record<Origin['kind'], string>> = {
  variable: 'variable',
  'env-file': 'env file: ',
  file: 'file: ',
  foreign: '',
  default: 'default',
  derived: 'derived: ',
  unset: '',
};

function originWords(origin: Origin | undefined): string {
  if (origin === undefined) return '';
  const plain = origin.kind === 'variable' || origin.kind === 'default';
  return plain ? LEADS[origin.kind] : `${LEADS[origin.kind]}${origin.words}`;
}

function derived({ ensemble, heapBytes, input }: NonNullable<Prepared['ready']>): Explained[] {
  const heap = input.heapInUse ?? { bytes: heapBytes, subject: 'ZK_HEAP_SIZE' };
  return [
    {
      setting: '(name)',
      value: ensemble.name,
      from: 'POD_NAME, else the host name',
      goesTo: 'zoo.cfg server.N',
    },
    {
      setting: '(id)',
      value: String(ensemble.myid),
      from: 'ZK_MYID, else ZK_ENSEMBLE, else the ordinal plus ZK_MYID_OFFSET',
      goesTo: 'myid',
    },
    {
      setting: '(members)',
      value: ensemble.members.length === 1 ? 'standalone' : String(ensemble.members.length),
      from: 'ZK_ENSEMBLE, else ZK_REPLICAS',
      goesTo: 'zoo.cfg server.N',
    },
    { setting: '(heap)', value: formatBytes(heap.bytes), from: heap.subject, goesTo: '-Xmx, -Xms' },
  ];
}
