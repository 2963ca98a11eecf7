import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pick, type Random } from '../torture/plan/random.ts';

/** What was done to which file, with its bytes before. */
export interface Damage {
  readonly file: string;
  readonly how: string;
  readonly before: Buffer;
}

/** Cuts one file of a server's data short, or flips a bit of it, by chance; undefined where there is none. */
export function damageOne(
  directories: readonly string[],
  { random, spares = [] }: { readonly random: Random; readonly spares?: readonly string[] },
): Damage | undefined {
  const files = directories.flatMap((directory) => {
    const path = join(directory, 'version-2');
    const names = existsSync(path) ? readdirSync(path) : [];
    return names.filter((name) => !spares.includes(name)).map((name) => join(path, name));
  });
  if (files.length === 0) return undefined;
  const file = pick(random, files);
  const kind = /(\w+)(?:\.\w+)?$/.exec(file.slice(file.lastIndexOf('/') + 1))?.[1] ?? '';
  const before = readFileSync(file);
  if (random() < 0.5) {
    truncateSync(file, Math.floor(random() * statSync(file).size));
    return { file, how: `${kind} cut`, before };
  }
  const content = Buffer.from(before);
  // Of a log that is filled up with zeros, what is written.
  const used = content.findLastIndex((byte) => byte !== 0) + 1;
  const at = Math.floor(random() * used);
  content[at] = (content[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  writeFileSync(file, content);
  return { file, how: `${kind} flipped`, before };
}
