import type { Ensemble } from '../ensemble/member.ts';
import type { FileText } from '../settings/read-row.ts';
import type { Memory } from '../settings/row.ts';
import type { Settings } from '../settings/table.ts';
import type { Distribution } from '../zookeeper/distribution.ts';
import type { Keytab } from './login/keytab.ts';
import type { ComposedTls, TlsStore } from './tls/tls-store.ts';

/** What the checks of settings judge; nothing in it needs a machine. */
export interface SettingFacts {
  readonly settings: Settings;
  /** The same settings as given, without lines of zoo.cfg that follow from other settings. */
  readonly given?: Settings;
  /** Undefined if the settings do not identify this server. Checks that need it are then skipped. */
  readonly ensemble: Ensemble | undefined;
  /** Undefined where no ZooKeeper was found. */
  readonly distribution: Distribution | undefined;
  readonly heapBytes: number;
  /** True where ZK_HEAP_SIZE was given, and the heap does not follow from the memory. */
  readonly heapIsGiven: boolean;
  /** Left out where the JVM is another machine's. */
  readonly jvm?: JvmEnvironment | undefined;
  readonly memory: Memory;
  /** All memory of the machine that the member would start on; undefined if a limit is below it, or it is not known. */
  readonly machineBytes?: number | undefined;
  /** The addresses of this machine, without loopback; undefined if it is not the machine of the member. */
  readonly addresses?: readonly string[] | undefined;
  /** The file of ZK_PEER_KEY_FILE, where every user of the container can read it. */
  readonly openKeyFile?: string | undefined;
  /** Undefined where the files of this pod are not at hand, as for another pod; they are then not judged. */
  readonly podFiles?: PodFiles | undefined;
}

/** What decides about the JVM beside its command line. */
export interface JvmEnvironment {
  /** The variables that it reads by itself, such as JAVA_TOOL_OPTIONS. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly java: JavaRelease | undefined;
}

/** What the file `release` of a Java says of it. */
export interface JavaRelease {
  readonly feature: number | undefined;
  /** Undefined where the file does not list them, as before Java 9. */
  readonly modules: ReadonlySet<string> | undefined;
  /** False for a JVM with other flags, such as OpenJ9. */
  readonly isHotSpot: boolean;
}

/** The content of the files that settings name. */
export interface PodFiles {
  readText(path: string): FileText;
  /** Every key store and trust store, by path. */
  readonly stores: ReadonlyMap<string, TlsStore>;
  /** Whether the trust store of the quorum trusts the quorum's own certificate; absent if only Java can check it. */
  readonly trustsItself?: boolean | undefined;
  /** What was made of the folders with certificates. */
  readonly folders?: readonly ComposedTls[] | undefined;
  /** Where the settings have what is made of the folders; undefined where that is not known. */
  readonly workDirIs?: 'memory' | 'disk' | undefined;
  /** What the keytab holds; undefined where no setting names one. */
  readonly keytab?: Keytab | undefined;
  /** The mounted file that a store was made of, by the path of the store. */
  readonly madeOf?: ReadonlyMap<string, string> | undefined;
}
