/** As `expect`, without its cost: what is held a million times in a loop must be cheap. */
export function hold(truth: boolean, ...shown: readonly unknown[]): void {
  if (!truth) throw new Error(`does not hold: ${shown.map((value) => JSON.stringify(value)).join(', ')}`);
}
