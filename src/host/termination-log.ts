import { closeSync, constants, openSync, writeSync } from 'node:fs';

/** Writes the reason where the kubelet reads it, if the file is there; never creates it and never fails. */
export function writeTerminationLog(path: string, message: string): void {
  try {
    const descriptor = openSync(path, constants.O_WRONLY | constants.O_TRUNC);
    try {
      writeSync(descriptor, message);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Outside a container there is no such file; the same text is the last line of the log.
  }
}
