import type { PlanInput, RenderedFile } from './plan.ts';

/** The server's id alone on its line; QuorumPeerConfig reads the first line without trimming it. */
export function myidFile({ settings, ensemble }: PlanInput): RenderedFile {
  return { path: `${settings.dataDir}/myid`, mode: 0o644, content: `${ensemble.myid}\n`, onlyIfAbsent: true };
}
