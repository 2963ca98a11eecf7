import { watch } from 'node:fs';
import { describeErrno } from '../host/errno.ts';
import { atMost, readText } from '../host/files/read-file.ts';
import { writeRendered } from '../host/files/write-file.ts';

/** The name of its thread (SyncRequestProcessor). */
const WRITES_THE_LOG = /thread : SyncThread/;

/** What leaves a part of a record behind: no space, a quota, a limit on the size of files. */
const NO_ROOM = /No space left on device|Disk quota exceeded|File too large/;

interface Watching {
  /** Aborted at the end of this life. */
  readonly signal: AbortSignal;
  /** Called once, with the line. */
  found(line: string): void;
  /** `problem` follows the path. */
  failed(problem: string): void;
}

/**
 * Watches the file to which the server writes that one of its critical threads has failed (render/logging.ts), for the one
 * that writes its log. A server of an ensemble does not end then: it looks for a leader again, and goes on with the log that it has open. After a full disk
 * that log has a torn record in the middle (BufferedOutputStream keeps what it could not write, and writes it again). What is
 * acknowledged behind it is not read at the next start. The file has a line from the beginning: the next one finds room in
 * its block when the disk is full.
 */
export function watchSevereErrors(path: string, { signal, found, failed }: Watching): void {
  let isFound = false;
  const look = () => {
    const text = readText(path, { maxBytes: atMost.textBytes });
    const line = text.split('\n').find((each) => WRITES_THE_LOG.test(each));
    if (line === undefined || isFound || !NO_ROOM.test(text)) return;
    isFound = true;
    found(line);
  };
  try {
    writeRendered({ path, mode: 0o644, content: '\n', onlyIfAbsent: false });
    watch(path, { persistent: false, signal }, () => {
      try {
        look();
      } catch (error) {
        failed(describeErrno(error));
      }
    }).on('error', (error) => failed(describeErrno(error)));
  } catch (error) {
    failed(describeErrno(error));
  }
}
