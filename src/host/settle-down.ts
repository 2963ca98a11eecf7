import { setFlagsFromString } from 'node:v8';

/**
 * Makes the engine save memory instead of time, once the start is over: the nursery no longer grows under load, and no
 * code is compiled further. A supervisor that is asked a few thousand times a second at most gains nothing by either,
 * and would keep what they take for years. Not earlier: at launch the same flags cost memory and the start its speed.
 */
export function settleDown(): void {
  for (const flag of ['--semi-space-growth-factor=1', '--no-opt', '--no-maglev', '--no-sparkplug']) {
    setFlagsFromString(flag);
  }
}
