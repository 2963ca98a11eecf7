import { FOREIGN_CONFIGS } from '../../dialects/foreign-places.ts';
import { type Finding, finding } from '../../findings/finding.ts';
import { rows } from '../../settings/table.ts';
import type { Environment } from './environment.ts';
import { mountedText, volumeAt } from './volumes.ts';
import type { Workload } from './workload.ts';

const fileVariables: ReadonlySet<string> = new Set(rows.map(([, { variable }]) => `${variable}_FILE`));
const standIns: ReadonlyMap<string, string> = new Map(
  rows.flatMap(([, { variable, standIn }]) => (standIn === undefined ? [] : [[`${variable}_FILE`, standIn]])),
);

/** Whether a variable names the file that holds a setting. */
export function isFileVariable(name: string): boolean {
  return fileVariables.has(name);
}

/** Texts of files by their paths in the container, and findings about files that are not known. */
export interface MountedFiles {
  readonly files: ReadonlyMap<string, { readonly text: string; readonly secret: boolean }>;
  readonly findings: readonly Finding[];
}

/** The files that NAME_FILE variables name, and a zoo.cfg for another image, as far as the manifests show them. */
export function mountedFiles(workload: Workload, variables: Environment['variables']): MountedFiles {
  const files = new Map<string, { text: string; secret: boolean }>();
  const findings: Finding[] = [];
  for (const [name, { text: path }] of variables) {
    if (!isFileVariable(name) || path.trim() === '') continue;
    const found = mountedText(workload, path.trim());
    const standIn = standIns.get(name);
    if (found !== undefined) files.set(path.trim(), found);
    // Secrets are seldom kept with the manifests. The settings that use them can be judged without them.
    else if (standIn !== undefined && volumeAt(workload, path.trim()).kind === 'other')
      files.set(path.trim(), { text: standIn, secret: true });
    else findings.push(unread({ workload, name, path }));
  }
  for (const path of FOREIGN_CONFIGS) {
    const found = mountedText(workload, path);
    if (found !== undefined) files.set(path, found);
  }
  return { files, findings };
}

function unread({ workload, name, path }: { workload: Workload; name: string; path: string }): Finding {
  return finding('ZK-MANIFEST-018', {
    subject: `${workload.title} ${name}`,
    problem: `names ${path}, which no ConfigMap or Secret in the files provides; it is judged as if it were not set`,
    remedy: 'give the file of the ConfigMap or Secret with one more --manifest',
  });
}
