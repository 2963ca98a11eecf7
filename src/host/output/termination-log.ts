import { accessSync, closeSync, constants, ftruncateSync, lstatSync, openSync } from 'node:fs';
import { describeErrno, errorCode } from '../errno.ts';
import { AT_ONCE, demandFile, Unfit, whyNoFile } from '../files/foreign.ts';
import { isRoot, openWithoutStraying } from '../files/root-path.ts';
import { writeWhole } from '../files/write-file.ts';

/**
 * Writes the reason to the file that the kubelet reads, if it exists. Never creates it, never waits, never fails. Returns a
 * problem in words that follow the path. Outside a container the file does not exist, and that is not a problem.
 */
export function writeTerminationLog(path: string, message: string): string | undefined {
  try {
    const descriptor = openForWriting(path);
    try {
      ftruncateSync(descriptor);
      writeWhole(descriptor, message);
    } finally {
      closeSync(descriptor);
    }
    return undefined;
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? undefined : describeErrno(error);
  }
}

/** Why it cannot be written, in words that follow the path; also undefined if it does not exist. */
export function whyNotWritten(path: string): string | undefined {
  try {
    const problem = whyNoFile(lstatSync(path));
    // Root becomes another user, who may have fewer rights. The kubelet makes the file writable for every user.
    if (problem === undefined && !isRoot()) accessSync(path, constants.W_OK);
    return problem;
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? undefined : describeErrno(error);
  }
}

function openForWriting(path: string): number {
  const problem = whyNotWritten(path);
  if (problem !== undefined) throw new Unfit(problem);
  const descriptor = isRoot()
    ? openWithoutStraying(path, constants.O_WRONLY)
    : openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW | AT_ONCE);
  try {
    const { nlink } = demandFile(descriptor);
    if (isRoot() && nlink > 1) throw new Unfit(`has ${nlink} names (hard links), so root does not write it`);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}
