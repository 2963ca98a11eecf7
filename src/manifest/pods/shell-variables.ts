import { listAt, type Tree, textAt } from '../objects/tree.ts';

/** An assignment, whether it is exported, and whether a command follows that alone gets it. */
const ASSIGNMENT =
  /(?:^|[\s;&(])(export\s+)?([A-Z_][A-Z0-9_]*)=("[^"]{0,999}"|'[^']{0,999}'|`[^`]{0,999}`|\$\(\([^\n]{0,99}?\)\)|\$\([^)]{0,999}\)|[^\s;&|)"'`]*)(?=$|[\s;&|)])(?=([ \t]+[^\s;&|)])?)/g;

/** Whether one of the two ways is taken, only the shell knows. */
const TWO_WAYS = /\b(if|case|while|until|for)\b|\|\|/;

/** What the shell's line of a container makes of its variables before the server starts. */
export type Assigned =
  | { readonly kind: 'text'; readonly text: string; readonly isPassedOn: boolean }
  /** Made from its own value: a rewritten list is still that list. */
  | { readonly kind: 'rewritten' }
  | { readonly kind: 'computed' };

/** The variables that a container's own shell assigns, by name; charts compute ids from the name of the pod in it. */
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
