const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be accessed by this user',
  EPERM: 'may not be changed by this user',
  EISDIR: 'is a directory',
  ENOTDIR: 'is below something that is not a directory',
  EROFS: 'is on a read-only file system',
  ENOSPC: 'is on a full file system',
  EDQUOT: 'is on a file system with an exhausted quota',
  EBUSY: 'is a mount point and cannot be replaced',
  ELOOP: 'is a loop of symbolic links',
  ENAMETOOLONG: 'has a name that is too long',
  EMFILE: 'cannot be opened: too many open files',
  EBADF: 'is not open',
  EFBIG: 'would be larger than this process may make a file',
  EEXIST: 'is there already',
  EINVAL: 'cannot be used in this way by the system',
  ENXIO: 'cannot be opened: there is no usable device or socket behind it',
  ENODEV: 'cannot be opened: there is no usable device or socket behind it',
  ESTALE: 'was removed on the server of its file system',
  ENFILE: 'cannot be opened: the system has too many open files',
  ETXTBSY: 'is a program that runs',
  EIO: 'cannot be read or written: the device reports an error',
};

/** The error code of a failed system call, or undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** A failed system call in words that follow a path: `does not exist`. */
export function describeErrno(error: unknown): string {
  const code = errorCode(error);
  if (code === undefined) return error instanceof Error ? error.message : String(error);
  return WORDS[code] ?? `failed with ${code}`;
}
