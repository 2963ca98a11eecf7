import { defaultHeap } from '../default-heap.ts';
import { userName } from '../kinds/account-name.ts';
import { type HeapSize, heapSize, sizeOrOff } from '../kinds/heap.ts';
import { bindAddress } from '../kinds/hosts.ts';
import { port } from '../kinds/numbers.ts';
import { absolutePath, jvmFlags, yesOrNo } from '../kinds/words.ts';
import { always, optional, row } from '../row.ts';

/** The JVM: which, with which memory and flags, as whom. */
export const jvmRows = {
  heap: row<HeapSize>({
    variable: 'ZK_HEAP_SIZE',
    group: 'jvm',
    kind: heapSize,
    fallback: {
      kind: 'derived',
      words:
        "half the container's memory limit, at most 2G, less where the rest of the JVM would not fit; without a limit half of ZK_MEMORY_REQUEST, or 1000m",
      from: ({ memoryBytes }) => defaultHeap(memoryBytes, false),
    },
    meaning: 'The size of the heap, both first and maximum. Leave memory for the rest of the JVM.',
    goesTo: '-Xmx and -Xms, java.env JVMFLAGS',
  }),
  memoryRequest: optional({
    variable: 'ZK_MEMORY_REQUEST',
    group: 'jvm',
    kind: sizeOrOff,
    words: 'no request is known',
    meaning:
      'The memory request of the container, by the downward API (resourceFieldRef requests.memory). The heap depends on it if there is no memory limit. A limit overrides it. 0 is no request.',
    goesTo: '-Xmx and -Xms',
  }),
  jvmFlags: row({
    variable: 'JVMFLAGS',
    group: 'jvm',
    kind: jvmFlags,
    fallback: always<readonly string[]>([]),
    meaning: 'Flags for the JVM. They come last, so they override all other flags.',
    goesTo: 'java command, java.env JVMFLAGS',
    secret: true,
  }),
  serverJvmFlags: row({
    variable: 'SERVER_JVMFLAGS',
    group: 'jvm',
    kind: jvmFlags,
    fallback: always<readonly string[]>([]),
    meaning: 'Flags for the server’s JVM, before JVMFLAGS.',
    goesTo: 'java command',
    join: (own, foreign) => [...foreign, ...own],
    secret: true,
  }),
  home: row({
    variable: 'ZK_HOME',
    group: 'jvm',
    kind: absolutePath,
    fallback: always('/opt/zookeeper'),
    meaning: 'The ZooKeeper distribution: the folder with lib/ and bin/.',
    goesTo: 'class path',
  }),
  javaHome: optional({
    variable: 'JAVA_HOME',
    group: 'jvm',
    kind: absolutePath,
    words: 'java as found on PATH',
    meaning: 'The Java installation.',
    goesTo: 'java command',
  }),
  user: row({
    variable: 'ZK_USER',
    group: 'jvm',
    kind: userName,
    fallback: always('zookeeper'),
    meaning: 'The user that owns the directories and runs the JVM if the container starts as root.',
    goesTo: 'owner of the directories, user of the JVM',
    setByImage: true,
  }),
  jmxDisable: optional({
    variable: 'JMXDISABLE',
    group: 'jvm',
    kind: yesOrNo,
    words: 'JMX is off unless one of the JMX variables asks for it',
    meaning: 'true turns JMX off, whatever else is set. false turns local JMX on.',
    goesTo: 'java command',
  }),
  jmxPort: optional({
    variable: 'JMXPORT',
    group: 'jvm',
    kind: port(),
    words: 'no remote JMX',
    meaning: 'The port of remote JMX.',
    goesTo: '-Dcom.sun.management.jmxremote.port',
  }),
  jmxLocalOnly: optional({
    variable: 'JMXLOCALONLY',
    group: 'jvm',
    kind: yesOrNo,
    words: 'no local JMX agent',
    meaning: 'Starts the local JMX agent, only for this machine (true), or not (false).',
    goesTo: '-Dcom.sun.management.jmxremote.local.only',
  }),
  jmxAuth: row({
    variable: 'JMXAUTH',
    group: 'jvm',
    kind: yesOrNo,
    fallback: always(false),
    meaning: 'Whether remote JMX asks for a password.',
    goesTo: '-Dcom.sun.management.jmxremote.authenticate',
  }),
  jmxSsl: row({
    variable: 'JMXSSL',
    group: 'jvm',
    kind: yesOrNo,
    fallback: always(false),
    meaning: 'Whether remote JMX uses TLS.',
    goesTo: '-Dcom.sun.management.jmxremote.ssl',
  }),
  jmxLog4j: row({
    variable: 'JMXLOG4J',
    group: 'jvm',
    kind: yesOrNo,
    fallback: always(true),
    meaning: 'Whether log4j’s loggers are JMX beans.',
    goesTo: '-Dzookeeper.jmx.log4j.disable',
  }),
  jmxHostname: optional({
    variable: 'JMXHOSTNAME',
    group: 'jvm',
    kind: bindAddress,
    words: 'the address Java finds',
    meaning: 'The host name that remote JMX gives to its clients.',
    goesTo: '-Djava.rmi.server.hostname',
  }),
};
