import { type Entries, KUBERNETES } from './entry.ts';

const JAVA = 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html';

/** What can be wrong with the JVM's memory and flags. */
export const jvmEntries = {
  'ZK-MEMORY-002': {
    meaning: 'Beside the heap there is less than 150 MiB for threads, buffers and code.',
    remedy:
      'Raise the limit, or lower ZK_HEAP_SIZE; the kernel kills a container that needs more than its limit.',
    link: `${KUBERNETES}/concepts/configuration/manage-resources-containers/`,
  },
  'ZK-MEMORY-003': {
    meaning: 'The heap is to begin larger than it may become, which no JVM starts with.',
    remedy:
      'Set the heap with ZK_HEAP_SIZE alone, which gives both sizes, and remove -Xmx and -Xms from the flags.',
    link: JAVA,
  },
  'ZK-JVM-001': {
    meaning: 'The JVM is told to live on when it is out of memory; it would neither serve nor end.',
    remedy: 'Remove -XX:-ExitOnOutOfMemoryError, or let -XX:+CrashOnOutOfMemoryError end it.',
    link: JAVA,
  },
  'ZK-JVM-002': {
    meaning: 'The JVM keeps addresses for longer than a few seconds, so a member that moved is found late.',
    remedy:
      'Remove sun.net.inetaddr.ttl from the flags: one second is set. At the default of 30 s, a pod with a new address waits up to a minute to rejoin.',
    link: 'https://docs.oracle.com/en/java/javase/21/core/java-networking.html',
  },
} satisfies Entries;
