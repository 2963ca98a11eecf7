import { dialectCodes } from './codes/dialect.ts';
import { ensembleCodes } from './codes/ensemble.ts';
import { javaCodes } from './codes/java.ts';
import { loginCodes } from './codes/login.ts';
import { manifestCodes } from './codes/manifest.ts';
import { membershipCodes } from './codes/membership.ts';
import { serverCodes } from './codes/server.ts';
import { settingsCodes } from './codes/settings.ts';
import { spaceCodes } from './codes/space.ts';
import { tlsCodes } from './codes/tls.ts';
import { volumeCodes } from './codes/volume.ts';
import { volumeRepairCodes } from './codes/volume-repair.ts';

/** Every code this program can report, a row each, in the order of docs/errors.md. */
export const codes = {
  ...settingsCodes,
  ...dialectCodes,
  ...tlsCodes,
  ...loginCodes,
  ...ensembleCodes,
  ...membershipCodes,
  ...volumeCodes,
  ...volumeRepairCodes,
  ...spaceCodes,
  ...serverCodes,
  ...javaCodes,
  ...manifestCodes,
} as const;

/** src/findings/severities.ts: what of the rows `start` and the probes need, which must not pay for reading the texts. */
export function severitiesAsSource(): string {
  const lines = Object.entries(codes).map(([code, { severity }]) => `  '${code}': ${severity},`);
  return `// Written by npm run docs from the rows in codes/; a test holds them equal.

// Each word once: every probe reads this.
const [error, warning, note] = ['error', 'warning', 'note'] as const;

/** The severity of every code, in the order of docs/errors.md. */
export const severities = {
${lines.join('\n')}
} as const;
`;
}
