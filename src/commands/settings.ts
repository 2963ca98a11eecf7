import { settingsAsMarkdown, settingsReference } from '../settings/reference.ts';
import type { FlagsOf } from './definitions.ts';
import { print, printJson } from './io.ts';

/** The reference of every setting, from the table. */
export async function settings({ output }: FlagsOf<'settings'>): Promise<number> {
  const reference = settingsReference();
  if (output === 'json') printJson(reference);
  else if (output === 'markdown') print(settingsAsMarkdown().trimEnd());
  else
    print(
      reference
        .map(
          ({ variable, type, fallback, meaning }) =>
            `${variable}\n    ${meaning}\n    ${type}; default: ${fallback}`,
        )
        .join('\n'),
    );
  return 0;
}
