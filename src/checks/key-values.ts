import { bindAddress } from '../settings/kinds/hosts.ts';
import type { Ending } from '../zookeeper/key-table.ts';
import { takes } from '../zookeeper/keys.ts';

/** What a key takes instead of a value that it does not take. */
export interface Wanted {
  readonly wanted: string;
  /** True where the value ends ZooKeeper wherever it is given; else some releases read it as something else. */
  readonly ends: boolean;
}

/** What to give instead of a value that its key does not take; undefined where the value fits. */
export function wantedValue(key: string, value: string): Wanted | undefined {
  const kind = takes(key);
  const wanted = typeof kind === 'object' ? unlessFits(kind, value) : unlessRead(kind, value);
  return wanted === undefined ? undefined : { wanted, ends: typeof kind === 'object' };
}

function unlessRead(kind: 'boolean' | 'yes or no' | 'number' | 'address' | 'text', value: string) {
  switch (kind) {
    case 'boolean':
      return /^(true|false)$/i.test(value) ? undefined : 'true or false';
    case 'yes or no':
      return /^(yes|no)$/.test(value) ? undefined : 'yes or no';
    case 'address':
      return bindAddress.parse(value).ok ? undefined : bindAddress.description;
    case 'number':
      return /^-?\d{1,18}$/.test(value) ? undefined : 'a whole number without a unit';
    case 'text':
      return undefined;
  }
}

function unlessFits(kind: Ending, value: string): string | undefined {
  if ('oneOf' in kind) {
    const has = kind.oneOf.some((each) => each.toLowerCase() === value.toLowerCase());
    return has ? undefined : kind.oneOf.length === 1 ? kind.oneOf[0] : `one of ${kind.oneOf.join(', ')}`;
  }
  if ('classes' in kind) {
    const isForeign = /^(?!org\.apache\.zookeeper\.)[\w$]+(\.[\w$]+)+$/.test(value);
    return isForeign || kind.classes.includes(value)
      ? undefined
      : `the whole name of a class: ${kind.classes.join(' or ')}`;
  }
  if ('decimal' in kind) return /^\d+(\.\d+)?$/.test(value) ? undefined : 'a number such as 0.5';
  const isFit = /^\d{1,9}$/.test(value) && Number(value) >= kind.least;
  return isFit ? undefined : `a whole number, ${kind.least} or more`;
}
