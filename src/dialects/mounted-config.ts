import { RENDERED } from '../render/rendered.ts';
import type { FileText, Origin, Variables } from '../settings/read-row.ts';
import { FOREIGN_CONFIGS } from './foreign-places.ts';
import type { Dialect } from './row.ts';
import { type Ours, type Said, said } from './said.ts';

/** A zoo.cfg that was mounted for another image. */
export interface MountedConfig {
  readonly path: string;
  /** Which image looks there. */
  readonly id: Dialect['id'];
  /** Keys and values as ZooKeeper reads them: of a key that comes twice the last line. */
  readonly pairs: readonly (readonly [key: string, text: string])[];
}

/**
 * The zoo.cfg that another image would have kept as it was mounted (its entrypoint writes one only where there is none). It
 * is read and never written over: ours goes to ZK_CONF_DIR. A folder that is ZK_CONF_DIR itself is ours.
 */
export function mountedConfig(
  variables: Variables,
  { readText, ours }: { readText(path: string): FileText; readonly ours: Ours },
): MountedConfig | undefined {
  const own = variables['ZK_CONF_DIR']?.trim().replace(/\/+$/, '');
  const theirs = variables['ZOO_CONF_DIR']?.trim().replace(/\/+$/, '');
  const paths = [...(theirs ? [`${theirs}/zoo.cfg`] : []), ...FOREIGN_CONFIGS];
  for (const path of paths.filter((path) => path !== `${own}/zoo.cfg`)) {
    const file = readText(path);
    // A folder that is mounted empty may hold what an earlier start of ours has written.
    if (!file.ok || file.text.startsWith(RENDERED)) continue;
    const id = path.includes('bitnami') ? 'bitnami' : 'docker-library';
    return { path, id, pairs: [...new Map(ours.propertiesOf(file.text))].filter(([key]) => key !== '') };
  }
  return undefined;
}

/** As `render --explain` shows it. */
export function configOrigin({ path }: MountedConfig): Origin {
  return { kind: 'foreign', words: `${path} (mounted)` };
}

/** On those images a zoo.cfg that is mounted is all: what the variables say of its keys is not read. */
export function idleBeside({ path }: MountedConfig, names: readonly string[]): Said[] {
  if (names.length === 0) return [];
  return [
    said('ZK-DIALECT-005', {
      subject: names.join(', '),
      problem: `does nothing beside the mounted ${path}, here as on its own image`,
      remedy: 'remove it, or remove the mount',
    }),
  ];
}

/** What the file cannot have as it is; it is read like the names, so other keys are judged with ZK_EXTRA_CONFIG. */
export function configFindings({ path, pairs }: MountedConfig): Said[] {
  const dynamic = pairs.find(([key]) => key === 'dynamicConfigFile');
  return dynamic === undefined
    ? []
    : [
        said('ZK-DIALECT-004', {
          subject: path,
          problem: `names the members in ${dynamic[1]} (dynamicConfigFile), which is not read`,
          remedy: 'give the members in ZK_ENSEMBLE, or in server.N lines of the file',
        }),
      ];
}
