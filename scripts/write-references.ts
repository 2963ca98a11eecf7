import { writeFileSync } from 'node:fs';
import { errorsAsMarkdown } from '../src/findings/reference.ts';
import { ownStatus } from '../src/lifecycle/statuses.ts';
import { newExits } from '../src/lifecycle/zookeeper-exits.ts';
import { settingsAsMarkdown } from '../src/settings/reference.ts';

/** Writes the two documents that are generated from tables in the sources; tests hold them equal to those tables. */
const documents = {
  'settings.md': settingsAsMarkdown(),
  'errors.md': errorsAsMarkdown({ ours: ownStatus, zooKeepers: newExits }),
};

for (const [name, text] of Object.entries(documents)) {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), text);
  console.log(`written docs/${name}`);
}
