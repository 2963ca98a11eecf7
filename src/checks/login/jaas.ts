/** One line of a section: the class that logs in, and what it is given. */
export interface LoginModule {
  readonly className: string;
}

/** What a JAAS file holds, by the names of its sections, or why Java would refuse it. */
export type Jaas =
  | { readonly ok: true; readonly sections: ReadonlyMap<string, readonly LoginModule[]> }
  | { readonly ok: false; readonly problem: string };

const FLAGS = ['required', 'requisite', 'sufficient', 'optional'];
/** A quoted text, a comment, a sign, or a word (sun.security.provider.ConfigFile and its StreamTokenizer). */
const TOKEN = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[{};=]|[^\s{};="]+/g;

/** Reads a JAAS file as Java does: `Name { module flag key="value"; };`, and both semicolons are needed. */
export function readJaas(text: string): Jaas {
  const tokens = (text.match(TOKEN) ?? []).filter((token) => !/^\/[/*]/.test(token));
  const sections = new Map<string, LoginModule[]>();
  let at = 0;
  const next = () => tokens[at++];
  while (at < tokens.length) {
    const name = unquoted(next() as string);
    if (next() !== '{') return refused(`has no { behind ${name}`);
    if (sections.has(name)) return refused(`has the section ${name} twice`);
    const modules: LoginModule[] = [];
    while (tokens[at] !== '}') {
      const className = next();
      const flag = next()?.toLowerCase();
      if (className === undefined || flag === undefined) return refused(`has no } at the end of ${name}`);
      if (!FLAGS.includes(flag))
        return refused(`has ${shown(flag)} in ${name}, where one of ${FLAGS.join(', ')} belongs`);
      for (let token = next(); token !== ';'; token = next()) {
        if (token === undefined || token === '}' || token === '{')
          return refused(`has no ; at the end of a line of ${name}`);
        if (next() !== '=' || !isValue(next())) return refused(`has no value for ${shown(token)} in ${name}`);
      }
      modules.push({ className: unquoted(className) });
    }
    at++;
    if (next() !== ';') return refused(`has no ; behind the } of ${name}`);
    sections.set(name, modules);
  }
  return { ok: true, sections };
}

function isValue(token: string | undefined): boolean {
  return token !== undefined && !/^[{};=]$/.test(token);
}

function unquoted(token: string): string {
  return token.replace(/^"(.*)"$/s, '$1');
}

function shown(token: string): string {
  // A value may be a secret, also at a wrong place.
  return /^[\w.-]{1,40}$/.test(token) ? token : 'something';
}

function refused(problem: string): Jaas {
  return { ok: false, problem };
}
