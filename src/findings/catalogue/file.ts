import { ADMIN, type Entries, KUBERNETES } from './entry.ts';

/** What can stand where a file is read or written. */
export const fileEntries = {
  'ZK-FILE-001': {
    meaning:
      'Something has the name of a file of ZooKeeper’s and is none: a directory, a named pipe, a socket, a device, or a link that leads nowhere. ZooKeeper would wait for it for ever, or end.',
    remedy: 'Remove it, or bring the file back that belongs there.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-FILE-002': {
    meaning: 'A single file is mounted where a file is to be written, and a mount cannot be replaced.',
    remedy:
      'Mount an emptyDir at the directory and set the ZK_ variables; a ready-made zoo.cfg is not used. A file that has the very content is left alone.',
    link: `${KUBERNETES}/concepts/storage/volumes/#using-subpath`,
  },
  'ZK-FILE-003': {
    meaning:
      'The termination log is no regular file, so Kubernetes cannot show the reason of an end; the log has it.',
    remedy: 'Set ZK_TERMINATION_LOG to terminationMessagePath, or leave both out.',
    link: `${KUBERNETES}/tasks/debug/debug-application/determine-reason-pod-failure/`,
  },
  'ZK-FILE-004': {
    meaning:
      'Something that is no file stands where a file is to be written; it is neither opened nor replaced. The status of the start is then 73.',
    remedy: 'Remove it, or choose another directory.',
    link: `${ADMIN}#sc_configuration`,
  },
} satisfies Entries;
