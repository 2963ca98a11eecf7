import { ensembleEntries } from './catalogue/ensemble.ts';
import type { CatalogueEntry } from './catalogue/entry.ts';
import { identityEntries } from './catalogue/identity.ts';
import { machineEntries } from './catalogue/machine.ts';
import { peerEntries } from './catalogue/peer.ts';
import { settingsEntries } from './catalogue/settings.ts';
import { volumeEntries } from './catalogue/volume.ts';

/** Every code this program can report, in the order of the documentation; a room's codes stand in a file of their own. */
export const catalogue = {
  ...settingsEntries,
  ...identityEntries,
  ...volumeEntries,
  ...peerEntries,
  ...ensembleEntries,
  ...machineEntries,
} satisfies Record<`ZK-${string}-${number}`, CatalogueEntry>;
