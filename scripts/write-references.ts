import { readFileSync, writeFileSync } from 'node:fs';
import { exitsOf } from '../src/ending/zookeeper-exits.ts';
import { ownStatus } from '../src/exit-status.ts';
import { severitiesAsSource } from '../src/findings/codes.ts';
import { errorsAsMarkdown } from '../src/findings/reference.ts';
import { settingsAsMarkdown } from '../src/settings/reference.ts';
import { NEWEST_RELEASE } from '../src/zookeeper/release.ts';
import { chartSchema, chartValues, withChartValues } from './chart-reference.ts';
import { monitoringFiles } from './monitoring/files.ts';
import { withRooms } from './room-imports.ts';

const page = (name: string) => new URL(`../${name}`, import.meta.url);
const values = chartValues(readFileSync(page('chart/values.yaml'), 'utf8'));

/** Writes what is generated from tables in the sources; tests hold the documents equal to those tables. */
const documents = {
  'src/findings/severities.ts': severitiesAsSource(),
  'docs/architecture.md': withRooms(readFileSync(page('docs/architecture.md'), 'utf8')),
  'docs/settings.md': settingsAsMarkdown(),
  'docs/errors.md': errorsAsMarkdown({ ours: ownStatus, zooKeepers: exitsOf(NEWEST_RELEASE) }),
  'chart/values.schema.json': chartSchema(values),
  'chart/README.md': withChartValues(readFileSync(page('chart/README.md'), 'utf8'), values),
  ...monitoringFiles(),
};

for (const [name, text] of Object.entries(documents)) {
  writeFileSync(page(name), text);
  console.log(`written ${name}`);
}
