import { RENDERED } from '../render/rendered.ts';
import type { FileText, Origin, Variables } from '../settings/read-row.ts';
import { FOREIGN_CONFIGS } from './foreign-places.ts';
import type { Dialect } from './row.ts';
import { type Ours, type Said, said } from './said.ts';

/** A mounted zoo.cfg for another image. */
export interface MountedConfig {
  readonly path: string;
  /** The image that uses this path. */
  readonly id: Dialect['id'];
  /** Keys and values as ZooKeeper reads them: if a key comes twice, the last line counts. */
  readonly pairs: readonly (readonly [key: string, text: string])[];
}

/**
 * The mounted zoo.cfg of another image, whose entrypoint writes a zoo.cfg only if none exists. It is read and never
 * overwritten: ours is written to ZK_CONF_DIR. A file in ZK_CONF_DIR itself is ours.
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
    // A folder that was mounted empty may hold the file of an earlier start of ours.
    if (!file.ok || file.text.startsWith(RENDERED)) continue;
    const id = path.includes('bitnami') ? 'bitnami' : 'docker-library';
    return { path, id, pairs: [...new Map(ours.propertiesOf(file.text))].filter(([key]) => key !== '') };
  }
  return undefined;
}

/** The origin as `render --explain` shows it. */
export function configOrigin({ path }: MountedConfig): Origin {
  return { kind: 'foreign', words: `${path} (mounted)` };
}

/** With a mounted zoo.cfg, those images do not read variables for keys of zoo.cfg. */
export function idleBeside({ path }: MountedConfig, names: readonly string[]): Said[] {
  if (names.length === 0) return [];
  return [
    said('ZK-DIALECT-005', {
      subject: names.join(', '),
      problem: `has no effect, because ${path} is mounted; the other image does the same`,
      remedy: 'remove the variable, or remove the mount',
    }),
  ];
}

/** A dynamicConfigFile in the file is a finding. Its other keys are judged with ZK_EXTRA_CONFIG. */
export function configFindings({ path, pairs }: MountedConfig): Said[] {
  const dynamic = pairs.find(([key]) => key === 'dynamicConfigFile');
  return dynamic === undefined
    ? []
    : [
        said('ZK-DIALECT-004', {
          subject: path,
          problem: `has the members in ${dynamic[1]} (dynamicConfigFile), but that file is not read`,
          remedy: 'list the members in ZK_ENSEMBLE, or in server.N lines of the file',
        }),
      ];
}
