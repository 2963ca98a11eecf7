import { configEntries } from './catalogue/config.ts';
import { ensembleEntries } from './catalogue/ensemble.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';
import { exposureEntries } from './catalogue/exposure.ts';
import { identityEntries } from './catalogue/identity.ts';
import { jvmEntries } from './catalogue/jvm.ts';
import { machineEntries } from './catalogue/machine.ts';
import { manifestEntries } from './catalogue/manifest.ts';
import { peerEntries } from './catalogue/peer.ts';
import { settingsEntries } from './catalogue/settings.ts';
import { tlsEntries } from './catalogue/tls.ts';
import { volumeEntries } from './catalogue/volume.ts';

/** Every code this program can report, in the order of the documentation; a room's codes stand in a file of their own. */
export const catalogue = {
  ...settingsEntries,
  ...configEntries,
  ...tlsEntries,
  ...identityEntries,
  ...volumeEntries,
  ...peerEntries,
  ...ensembleEntries,
  ...exposureEntries,
  ...machineEntries,
  ...jvmEntries,
  ...manifestEntries,
} satisfies Record<`ZK-${string}-${number}`, CatalogueEntry>;
