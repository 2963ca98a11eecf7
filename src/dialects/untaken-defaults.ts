import type { ReadSettings } from '../settings/read.ts';
import type { Dialect } from './row.ts';
import { type Ours, type Said, said } from './said.ts';

/**
 * One note on what the other image did by itself and this program does otherwise, as far as nobody has set it. Its own
 * defaults are kept here: never purging fills the volume, and the AdminServer hands out the whole tree.
 */
export function untakenDefaults(
  { defaults, owner }: Dialect,
  { settings, origins, rows }: Pick<ReadSettings, 'settings' | 'origins'> & Pick<Ours, 'rows'>,
): Said[] {
  const differ = rows.flatMap(([key, row]) => {
    const theirs = defaults[row.variable];
    const origin = origins.get(key)?.kind;
    if (theirs === undefined || (origin !== 'default' && origin !== 'derived')) return [];
    const value = settings[key];
    const ours = value === undefined ? '(unset)' : row.kind.format(value);
    return ours === theirs ? [] : [{ variable: row.variable, theirs, ours }];
  });
  if (differ.length === 0) return [];
  const words = differ.map(({ variable, theirs, ours }) => `${variable} ${ours} instead of ${theirs}`);
  return [
    said('ZK-DIALECT-007', {
      subject: differ.map(({ variable }) => variable).join(', '),
      problem: `not set, so the defaults of this program count, and not those of ${owner} image: ${words.join(', ')}`,
      remedy: 'set the values that you want to keep',
    }),
  ];
}
