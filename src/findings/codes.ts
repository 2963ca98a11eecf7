import { ensembleCodes } from './codes/ensemble.ts';
import { manifestCodes } from './codes/manifest.ts';
import { serverCodes } from './codes/server.ts';
import { settingsCodes } from './codes/settings.ts';
import { tlsCodes } from './codes/tls.ts';
import { volumeCodes } from './codes/volume.ts';

/** Every code this program can report, a row each, in the order of docs/errors.md. */
export const codes = {
  ...settingsCodes,
  ...tlsCodes,
  ...ensembleCodes,
  ...volumeCodes,
  ...serverCodes,
  ...manifestCodes,
} as const;

export type FindingCode = keyof typeof codes;

/** Every code there is, in the same order. */
export const findingCodeList = Object.keys(codes) as readonly FindingCode[];

/** The code as it is reported, whatever the case it was written in; undefined for a code that does not exist. */
export function knownCode(word: string): FindingCode | undefined {
  const code = word.toUpperCase();
  return Object.hasOwn(codes, code) ? (code as FindingCode) : undefined;
}

/** Whether ZK_IGNORE_FINDINGS may name it. */
export function canBeSilenced(code: FindingCode): boolean {
  return codes[code].severity !== 'error';
}
