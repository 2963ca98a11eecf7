import type { Row, ZooCfgValue } from './row.ts';
import { ensembleRows } from './rows/ensemble.ts';
import { findingRows } from './rows/findings.ts';
import { jvmRows } from './rows/jvm.ts';
import { lifeRows } from './rows/life.ts';
import { loginRows } from './rows/logins.ts';
import { networkRows } from './rows/network.ts';
import { storageRows } from './rows/storage.ts';
import { supervisorRows } from './rows/supervisor.ts';
import { timeRows } from './rows/time.ts';
import { tlsRows } from './rows/tls.ts';

/** Every setting there is: parsing, help, the reference, origins and masking all come from here. */
export const table = {
  ...ensembleRows,
  ...networkRows,
  ...tlsRows,
  ...loginRows,
  ...timeRows,
  ...storageRows,
  ...jvmRows,
  ...supervisorRows,
  ...lifeRows,
  ...findingRows,
};

type Table = typeof table;

export type SettingKey = keyof Table;

/** All settings with their values, by the names the code uses for them. */
export type Settings = { readonly [Key in SettingKey]: Table[Key] extends Row<infer Value> ? Value : never };

/** The rows without their value types, for everything that treats all settings alike. */
export const rows = Object.entries(table) as [SettingKey, Row<unknown>][];

/** The setting that owns a key of zoo.cfg, or undefined. */
export function ownerOfZooCfgKey(key: string): string | undefined {
  if (/^server\.\d+$/.test(key)) return 'ZK_ENSEMBLE';
  // An empty server never votes as if it were new; what lets it is a consent, once.
  if (key === 'db.autocreate') return table.consents.variable;
  return rows.find(([, { zooCfg = {} }]) => Object.hasOwn(zooCfg, key))?.[1].variable;
}

/** The lines of zoo.cfg that follow from the settings alone, in the order of the table. */
export function zooCfgPairs(settings: Settings): (readonly [key: string, value: ZooCfgValue])[] {
  return rows.flatMap(([name, { zooCfg = {} }]) =>
    Object.entries(zooCfg).flatMap(([key, written]) => {
      const value = written(settings[name]);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
