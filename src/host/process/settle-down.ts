/** A full collection takes about 4 ms: for 250 answers that is a fraction of their own cost. */
const ANSWERS_A_COLLECTION = 250;

let collect: (() => void) | undefined;
let answers = 0;

/**
 * Makes the engine save memory instead of time, once the start is over: the nursery no longer grows under load, and no
 * code is compiled further. A supervisor that is asked a few thousand times a second at most gains nothing by either,
 * and would keep what they take for years. Not earlier: at launch the same flags cost memory and the start its speed.
 */
export function settleDown(): void {
  // Node writes the code that it compiled when it loaded the program only at a regular exit. KILL would leave none.
  process.getBuiltinModule('node:module').flushCompileCache();
  // Both take their time to load, which no start is to wait for.
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
