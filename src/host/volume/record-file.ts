import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseRecord, RECORD_FILE, type RecordOnDisk } from '../../admission/record.ts';
import { describeErrno, errorCode } from '../errno.ts';
import { atMost, readText } from '../files/read-file.ts';

/** The record of the volume with its text; the text is empty without a record. */
export function readRecord(dataDir: string): { readonly disk: RecordOnDisk; readonly text: string } {
  try {
    const text = readText(join(dataDir, RECORD_FILE), { maxBytes: atMost.textBytes, lies: 'volume' });
    return { disk: parseRecord(text), text };
  } catch (error) {
    const absent = ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
    return {
      disk: absent ? { kind: 'absent' } : { kind: 'unreadable', problem: describeErrno(error) },
      text: '',
    };
  }
}

/** The identity of a volume, which differs from another volume at the same path: inode and birth time of the directory. */
export function volumeMark(directory: string): string {
  const { ino, birthtimeMs } = statSync(directory);
  return `${ino}:${Math.floor(birthtimeMs)}`;
}

/** Eight hexadecimal digits of a text. */
export function shortDigest(text: string): string {
  // It loads slowly, and most starts need no digest.
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex').slice(0, 8);
}
