import type { ReadSettings } from '../settings/read.ts';
import type { Dialect } from './row.ts';
import { type Ours, type Said, said } from './said.ts';

/**
 * One note about defaults that differ from those of the other image, for settings that are not set. The defaults of this
 * program are kept: without a purge the volume fills up, and the AdminServer gives the whole tree to every client.
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
      problem: `not set, so the defaults of this program count, which differ from those of ${owner} image: ${words.join(', ')}`,
      remedy: 'set the values that you want to keep',
    }),
  ];
}
