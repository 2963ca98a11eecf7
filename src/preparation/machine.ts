import type { Keytab } from '../checks/login/keytab.ts';
import type { ComposedTls, TlsStore, TlsStoreQuestion } from '../checks/tls/tls-store.ts';
import type { PlaceLooks } from '../dialects/foreign-places.ts';
import type { FileText, Variables } from '../settings/read-row.ts';
import type { Memory } from '../settings/row.ts';
import type { Distribution } from '../zookeeper/distribution.ts';

/** What preparing a start asks of the machine; host/machine/machine.ts is the real one, tests give their own. */
export interface Machine {
  readonly variables: Variables;
  readonly hostName: string;
  readonly memory: Memory;
  readText(path: string): FileText;
  /** Where volumes of other images may be mounted; left out where no volume is at hand. */
  readonly places?: PlaceLooks;
  /** The id that myid in a directory holds; undefined where it is not there or cannot be read. */
  findId?(directory: string): number | undefined;
  findDomain(hostName: string): Promise<string | undefined>;
  findDistribution(
    home: string,
  ):
    | { readonly kind: 'found'; readonly distribution: Distribution }
    | { readonly kind: 'absent' }
    | { readonly kind: 'unclear'; readonly problem: string };
  /** The addresses of its interfaces, loopback left out; left out where it is not the member's own machine. */
  ownAddresses?(): readonly string[];
  /** Left out where the files of the pod are not at hand. */
  inspectTlsStore?(question: TlsStoreQuestion): Promise<TlsStore>;
  /** Whether one store trusts the certificate of the other; undefined if only Java can check it. */
  trustsCertificate?(
    own: TlsStoreQuestion,
    trust: TlsStoreQuestion | undefined,
  ): Promise<boolean | undefined>;
  /** What is made of a folder with certificates; left out where the files of the pod are not at hand. */
  composeTls?(question: {
    readonly folder: string;
    readonly caFile: string | undefined;
    readonly password: string | undefined;
    readonly needsTrust: boolean;
  }): Promise<ComposedTls>;
  /** The keys of a keytab; left out where the files of the pod are not at hand. */
  readKeytab?(path: string): Promise<Keytab>;
  /** Whether every user of the container can read the file; left out where it is not at hand. */
  isReadableByAll?(path: string): boolean;
  /** Whether a path is in memory; undefined if that is not known. */
  isInMemory?(path: string): boolean | undefined;
  /** The size of the volume of a directory; absent if there is no volume here. */
  volumeBytes?(directory: string): number | undefined;
  findJava(javaHome: string | undefined): string;
  /** The text of the file `release` of that Java; left out where no Java is at hand. */
  readJavaRelease?(java: string): string | undefined;
  findClassArchive(options: {
    readonly home: string;
    readonly names: readonly string[];
    readonly jars: readonly string[];
    readonly java: string;
  }):
    | { readonly kind: 'absent' }
    | { readonly kind: 'fits'; readonly path: string }
    | { readonly kind: 'foreign'; readonly path: string; readonly problem: string };
}
