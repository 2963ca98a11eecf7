/** A full collection takes about 4 ms: for 250 answers that is a fraction of their own cost. */
const ANSWERS_A_COLLECTION = 250;

let collect: (() => void) | undefined;
let answers = 0;

/**
 * Makes the engine save memory instead of time, once the start is over: the nursery no longer grows under load, and no more
 * code is compiled. A supervisor with at most a few thousand requests a second gains nothing from either, and would keep the
 * memory for years. Not earlier: at launch the same flags cost memory and make the start slower.
 */
export function settleDown(): void {
  // Node writes its compiled code only at a regular exit, and a KILL would lose it.
  process.getBuiltinModule('node:module').flushCompileCache();
  // Both load slowly, and a start must not wait for them.
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  const { runInNewContext } = process.getBuiltinModule('node:vm');
  const saving = ['--semi-space-growth-factor=1', '--no-opt', '--no-maglev', '--no-sparkplug'];
  for (const flag of [...saving, '--expose-gc']) setFlagsFromString(flag);
  collect = runInNewContext('gc') as () => void;
}

/**
 * Called after every answer of the health endpoint. What a short connection leaves behind outlives the nursery, and the
 * engine alone would let it grow to many times what is in use before it looks; pages once taken are never given back.
 */
export function tidyUp(): void {
  answers += 1;
  if (collect !== undefined && answers % ANSWERS_A_COLLECTION === 0) setImmediate(() => collect?.());
}
