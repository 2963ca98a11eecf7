import { parseLines } from 'dot-properties';
import { type Finding, finding } from '../findings/finding.ts';
import { RENDERED } from '../render/zoo-cfg.ts';
import type { FileText, Origin, Variables } from '../settings/read-row.ts';
import { FOREIGN_CONFIGS } from './foreign-places.ts';
import type { Dialect } from './row.ts';

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
  readText: (path: string) => FileText,
): MountedConfig | undefined {
  const own = variables['ZK_CONF_DIR']?.trim().replace(/\/+$/, '');
  const theirs = variables['ZOO_CONF_DIR']?.trim().replace(/\/+$/, '');
  const paths = [...(theirs ? [`${theirs}/zoo.cfg`] : []), ...FOREIGN_CONFIGS];
  for (const path of paths.filter((path) => path !== `${own}/zoo.cfg`)) {
    const file = readText(path);
    // A folder that is mounted empty may hold what an earlier start of ours has written.
    if (!file.ok || file.text.startsWith(RENDERED)) continue;
    const id = path.includes('bitnami') ? 'bitnami' : 'docker-library';
    return { path, id, pairs: pairsOf(file.text) };
  }
  return undefined;
}

function pairsOf(text: string): MountedConfig['pairs'] {
  const pairs = new Map<string, string>();
  for (const line of parseLines(text.replaceAll('\r\n', '\n'))) {
    if (typeof line === 'string') continue;
    const [key = '', value = ''] = line.map((part) => part.trim());
    if (key !== '') pairs.set(key, value);
  }
  return [...pairs];
}

/** As `render --explain` shows it. */
export function configOrigin({ path }: MountedConfig): Origin {
  return { kind: 'foreign', words: `${path} (mounted)` };
}

/** On those images a zoo.cfg that is mounted is all: what the variables say of its keys is not read. */
export function idleBeside({ path }: MountedConfig, names: readonly string[]): Finding[] {
  if (names.length === 0) return [];
  return [
    finding('ZK-DIALECT-005', {
      subject: names.join(', '),
      problem: `does nothing beside the mounted ${path}, here as on its own image`,
      remedy: 'remove it, or remove the mount',
    }),
  ];
}

/** What the file cannot have as it is; it is read like the names, so other keys are judged with ZK_EXTRA_CONFIG. */
export function configFindings({ path, pairs }: MountedConfig): Finding[] {
  const dynamic = pairs.find(([key]) => key === 'dynamicConfigFile');
  return dynamic === undefined
    ? []
    : [
        finding('ZK-DIALECT-004', {
          subject: path,
          problem: `names the members in ${dynamic[1]} (dynamicConfigFile), which is not read`,
          remedy: 'give the members in ZK_ENSEMBLE, or in server.N lines of the file',
        }),
      ];
}
