import { expect, it } from 'vitest';
import { faultsOf, type Look } from '../../scripts/monitoring/judge.ts';

const phases = [
  { name: 'calm', expected: [] },
  { name: 'killed', expected: ['Down'], allowed: ['Edge'] },
  { name: 'back', expected: [] },
];
const looks = (...firing: readonly [string, readonly string[]][]): Look[] =>
  firing.map(([phase, alerts], index) => ({ atSeconds: index, phase, firing: alerts }));

it.each([
  [
    'right',
    [],
    looks(['calm', []], ['killed', []], ['killed', ['Down', 'Edge']], ['back', ['Down']], ['back', []]),
  ],
  [
    'one that does not fire',
    ['killed: Down should fire, and in the end nothing did'],
    looks(['calm', []], ['killed', []], ['back', []]),
  ],
  [
    'one that fires early',
    ['calm: Down fired'],
    looks(['calm', []], ['calm', ['Down']], ['killed', ['Down']], ['back', []]),
  ],
  [
    'one that fires beside it',
    ['killed: Other fired'],
    looks(['calm', []], ['killed', ['Other']], ['killed', ['Down']], ['back', []]),
  ],
  [
    'one that stays',
    ['back: nothing should fire, and in the end Down did'],
    looks(['calm', []], ['killed', ['Down']], ['back', ['Down']]),
  ],
  [
    'one that comes again',
    ['back: Down fired'],
    looks(['calm', []], ['killed', ['Down']], ['back', []], ['back', ['Down']]),
  ],
])('a play with %s', (_what, faults, seen) => {
  expect(faultsOf(phases, seen)).toEqual(faults);
});
