import { type Finding, findingLine, hasErrors, strictly } from '../findings/finding.ts';
import { thisMachine } from '../host/machine.ts';
import { machineFindings } from '../host/volume.ts';
import { ownStatus } from '../lifecycle/statuses.ts';
import { type Prepared, prepare } from '../preparation/prepare.ts';
import { print, type ViewFlags, wishesOf } from './io.ts';

export interface CheckFlags extends ViewFlags {
  readonly output: 'text' | 'json';
  /** Kubernetes manifests to judge, instead of this machine. */
  readonly manifest?: readonly string[];
}

/** Says every problem at once; ends with 0, or with 78 when one of them is an error. */
export async function check(flags: CheckFlags): Promise<number> {
  const wishes = wishesOf(flags);
  if (flags.manifest !== undefined) {
    // It brings a YAML library, which nothing else should wait for.
    const { checkManifest } = await import('./check-manifest.ts');
    return checkManifest(flags.manifest, { output: flags.output, assume: wishes.assume });
  }
  const prepared = await prepare(thisMachine(), wishes);
  const findings = [...prepared.findings, ...volume(prepared, flags)];
  print(flags.output === 'json' ? JSON.stringify({ findings }, null, 2) : report(findings, prepared));
  return hasErrors(findings) ? ownStatus.refused : 0;
}

/** The volume of this machine says nothing about another pod. */
function volume({ draft, settings }: Prepared, { hostname }: CheckFlags): Finding[] {
  if (draft === undefined || hostname !== undefined) return [];
  const findings = machineFindings(draft);
  return settings.strict ? strictly(findings) : findings;
}

function report(findings: readonly Finding[], { draft }: Prepared): string {
  const count = (severity: Finding['severity']) =>
    findings.filter((found) => found.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const who =
    draft === undefined ? '' : `server ${draft.ensemble.myid} of ${draft.ensemble.members.length}: `;
  const verdict = errors > 0 ? 'would be refused' : 'would start';
  const summary = `${who}${verdict} (${errors} error${errors === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'})`;
  return [...findings.map(findingLine), summary].join('\n');
}
