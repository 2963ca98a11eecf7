import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import type { ExitFacts } from '../../ending/exit-facts.ts';

/** What the machine says of a data directory, for explaining an end; every part may be unknown. */
export function directoryFacts(
  dataDir: string,
): Pick<ExitFacts, 'dataDirWritable' | 'dataDirOwnerUid' | 'dataDirFreeBytes'> {
  try {
    const { bavail, bsize } = statfsSync(dataDir);
    return {
      dataDirWritable: isWritable(dataDir),
      dataDirOwnerUid: statSync(dataDir).uid,
      dataDirFreeBytes: bavail * bsize,
    };
  } catch {
    return {};
  }
}

/** Who we are, as the kernel counts it. */
export function ourAccount(): Pick<ExitFacts, 'ourUid' | 'ourGid'> {
  return { ourUid: process.getuid?.(), ourGid: process.getgid?.() };
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
