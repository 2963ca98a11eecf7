import type { Ensemble } from '../ensemble/member.ts';
import type { Place } from '../membership/place.ts';
import type { Settings } from '../settings/table.ts';
import type { Distribution } from '../zookeeper/distribution.ts';

/** Everything that rendering needs; nothing is read while rendering. */
export interface PlanInput {
  readonly settings: Settings;
  readonly ensemble: Ensemble;
  readonly distribution: Distribution;
  /** The heap in bytes, with a share of memory already worked out. */
  readonly heapBytes: number;
  /** The heap that the JVM will have, in bytes, and the variable that says so: flags may win over ZK_HEAP_SIZE. */
  readonly heapInUse?: { readonly bytes: number; readonly subject: string } | undefined;
  /** The java executable. */
  readonly java: string;
  /** The class-data archive that fits this java and these jars, if there is one. */
  readonly classArchive?: string | undefined;
  /** How the server is started where the membership is dynamic; a plan that only shows is one of a first start. */
  readonly membership?: MembershipInput | undefined;
  /** True for the one start that was consented to (ZOOKEEPER-3056); zoo.cfg then says so, and the next one does not. */
  readonly trustEmptySnapshots?: boolean;
}

/** What a start of a dynamic membership has decided. */
export interface MembershipInput {
  readonly place: Place;
  /** `super:` and the digest of a password that this start alone knows (DigestAuthenticationProvider). */
  readonly superDigest: string;
}

/** One file as it will be on the disk. */
export interface RenderedFile {
  readonly path: string;
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  readonly content: string;
  /** Each character is a byte, for a file that is not text. */
  readonly encoding?: 'latin1';
  /** True for myid, which is written once and never overwritten. */
  readonly onlyIfAbsent: boolean;
  /** True for what every start makes anew from the settings: it need not outlast a power cut, so no disk is waited for. */
  readonly remade?: boolean;
}
