import { parseLines } from 'dot-properties';
import { shortened } from '../../text/some-of.ts';
import { hasHidden } from '../../text/visible.ts';
import { type Kind, parsed, rejected } from './kind.ts';

/** Keys and values of zoo.cfg in the order they were given. */
export type ExtraConfig = readonly (readonly [key: string, value: string])[];

/** Lines of zoo.cfg, read as java.util.Properties reads them (QuorumPeerConfig.parse trims what it gets). */
export const extraConfig: Kind<ExtraConfig> = {
  description: 'lines of zoo.cfg: key=value',
  format: (pairs) => pairs.map(([key, value]) => `${key}=${value}`).join('\n'),
  parse(text) {
    const pairs: [string, string][] = [];
    const seen = new Set<string>();
    for (const [key, value] of propertiesOf(text)) {
      // It searches the whole text, so it runs only for a fault.
      const named = () => nameOf(key, { text, place: pairs.length + 1 });
      if (key === '') return rejected(`has no key in ${named()}`, REMEDY);
      // A secret in base64 ends with the sign that stands after a key.
      if (/^=*$/.test(value)) return rejected(`has no value in ${lineOf(pairs.length + 1)}`, REMEDY);
      if (hasHidden(key) || hasHidden(value))
        return rejected(`has a control character in ${named()}`, REMEDY);
      // A backslash at the end of a line, or a text that YAML folds, makes one value of many lines.
      if (SECOND_KEY.test(value))
        return rejected(`has another key within the value of ${named()}`, ONE_A_LINE);
      if (seen.has(key)) return rejected(`gives ${named()} twice`, 'keep one line for each key');
      seen.add(key);
      pairs.push([key, value]);
    }
    return parsed(pairs);
  },
};

/** Keys and values as java.util.Properties reads them, trimmed; comments and empty lines are left out. */
export function propertiesOf(text: string): [key: string, value: string][] {
  return parseLines(text.replaceAll('\r\n', '\n')).flatMap((line) =>
    typeof line === 'string' ? [] : [line.map((part) => part.trim()) as [string, string]],
  );
}

/** Both lists; undefined where they give one key two values. */
export function joinedConfig(own: ExtraConfig, foreign: ExtraConfig): ExtraConfig | undefined {
  const values = new Map(own);
  if (foreign.some(([key, value]) => (values.get(key) ?? value) !== value)) return undefined;
  return [...own, ...foreign.filter(([key]) => !values.has(key))];
}

/** Within a name such as `CN=zk, O=Example` a comma or a plus stands before the blank (RFC 4514). */
const SECOND_KEY = /(?<![,;+\s])\s+[A-Za-z][\w-]*(\.[\w-]+)*=/;
const ONE_A_LINE =
  'put each key=value on a line of its own, without a backslash at its end; in YAML write | and not > before the lines';
const REMEDY = 'give one key=value on each line, as in zoo.cfg';

/** The key where a line begins with it and `=` or `:`; any other line may be the second one of a secret. */
function nameOf(key: string, { text, place }: { text: string; place: number }): string {
  const isWritten = (line: string) => line.startsWith(key) && /^\s*[=:]/.test(line.slice(key.length));
  const written = key !== '' && text.split('\n').some((line) => isWritten(line.trim()));
  return written ? `"${shortened(key)}"` : lineOf(place);
}

function lineOf(place: number): string {
  return `line ${place} (comments not counted)`;
}

/** True for keys whose value must not be shown; a path to a secret is no secret. */
export function isSecretKey(key: string): boolean {
  return (
    /password|digest|secret|credential|token/i.test(key) &&
    !/[pP]ath|[fF]ile$|algorithm|digestAlg|enabled|location|_tokens|Tokens/.test(key)
  );
}
