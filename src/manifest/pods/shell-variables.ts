import { listAt, type Tree, textAt } from '../objects/tree.ts';

/** An assignment, whether it is exported, and whether a command follows that gets only this variable. */
const ASSIGNMENT =
  /(?:^|[\s;&(])(export\s+)?([A-Z_][A-Z0-9_]*)=("[^"]{0,999}"|'[^']{0,999}'|`[^`]{0,999}`|\$\(\([^\n]{0,99}?\)\)|\$\([^)]{0,999}\)|[^\s;&|)"'`]*)(?=$|[\s;&|)])(?=([ \t]+[^\s;&|)])?)/g;

/** Words of lines with branches. Only the shell knows which branch runs. */
const TWO_WAYS = /\b(if|case|while|until|for)\b|\|\|/;

/** The effect of a shell line on a variable before the server starts. */
export type Assigned =
  | { readonly kind: 'text'; readonly text: string; readonly isPassedOn: boolean }
  /** The new value is made from the old one, so a rewritten list still counts as that list. */
  | { readonly kind: 'rewritten' }
  | { readonly kind: 'computed' };

/** The variables that the shell line of a container assigns, by name. Charts compute ids there from the name of the pod. */
export function assignedInShell(container: Tree): ReadonlyMap<string, Assigned> {
  const lines = [...listAt(container, 'command'), ...listAt(container, 'args')]
    .map((word) => textAt(word) ?? '')
    .filter((word) => /\s/.test(word));
  const assigned = new Map<string, Assigned>();
  for (const line of lines)
    for (const [, exported, name = '', written = '', command] of line.matchAll(ASSIGNMENT)) {
      const text = written.replace(/^(["'])(.*)\1$/s, '$2');
      if (!TWO_WAYS.test(line) && (written.startsWith("'") || !/[$`\\]/.test(text)))
        assigned.set(name, { kind: 'text', text, isPassedOn: (exported ?? command) !== undefined });
      else
        assigned.set(name, {
          kind: new RegExp(`\\$\\{?${name}\\b`).test(text) ? 'rewritten' : 'computed',
        });
    }
  return assigned;
}
