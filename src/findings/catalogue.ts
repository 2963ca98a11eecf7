import { configEntries } from './catalogue/config.ts';
import { dialectEntries } from './catalogue/dialect.ts';
import { ensembleEntries } from './catalogue/ensemble.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';
import { exposureEntries } from './catalogue/exposure.ts';
import { fileEntries } from './catalogue/file.ts';
import { identityEntries } from './catalogue/identity.ts';
import { jvmEntries } from './catalogue/jvm.ts';
import { machineEntries } from './catalogue/machine.ts';
import { manifestEntries } from './catalogue/manifest.ts';
import { peerEntries } from './catalogue/peer.ts';
import { settingsEntries } from './catalogue/settings.ts';
import { tlsEntries } from './catalogue/tls.ts';
import { volumeEntries } from './catalogue/volume.ts';
import type { FindingCode } from './severities.ts';

/**
 * What every code means; a room's codes stand in a file of their own. Only `check` and the documents load it; a code
 * with a severity and without an entry does not compile.
 */
export const catalogue = {
  ...settingsEntries,
  ...dialectEntries,
  ...configEntries,
  ...tlsEntries,
  ...identityEntries,
  ...volumeEntries,
  ...fileEntries,
  ...peerEntries,
  ...ensembleEntries,
  ...exposureEntries,
  ...machineEntries,
  ...jvmEntries,
  ...manifestEntries,
} satisfies Readonly<Record<FindingCode, CatalogueEntry>>;
