import { parseLines } from 'dot-properties';
import { hasHidden } from '../text/visible.ts';
import { type Kind, parsed, rejected } from './kind.ts';
import { shortened } from './some-of.ts';

/** Keys and values of zoo.cfg in the order they were given. */
export type ExtraConfig = readonly (readonly [key: string, value: string])[];

/** Lines of zoo.cfg, read as java.util.Properties reads them (QuorumPeerConfig.parse trims what it gets). */
export const extraConfig: Kind<ExtraConfig> = {
  description: 'lines of zoo.cfg: key=value',
  format: (pairs) => pairs.map(([key, value]) => `${key}=${value}`).join('\n'),
  parse(text) {
    const pairs: [string, string][] = [];
    const seen = new Set<string>();
    for (const line of parseLines(text.replaceAll('\r\n', '\n'))) {
      if (typeof line === 'string') continue;
      const [key, value] = line.map((part) => part.trim()) as [string, string];
      if (key === '' || value === '')
        return rejected(
          `has a line without ${key === '' ? 'a key' : `a value: "${shortened(key)}"`}`,
          REMEDY,
        );
      if (hasHidden(key) || hasHidden(value))
        return rejected(`has a control character in "${shortened(key)}"`, REMEDY);
      if (seen.has(key)) return rejected(`gives ${shortened(key)} twice`, 'keep one line for each key');
      seen.add(key);
      pairs.push([key, value]);
    }
    return parsed(pairs);
  },
};

const REMEDY = 'give one key=value on each line, as in zoo.cfg';

/** True for keys whose value must not be shown; a path to a secret is no secret. */
export function isSecretKey(key: string): boolean {
  return (
    /password|digest|secret|credential|token/i.test(key) &&
    !/path|algorithm|digestAlg|enabled|location|_tokens|Tokens/.test(key)
  );
}
