import type { Pod } from '../pods/pods.ts';
import type { Workload } from '../pods/workload.ts';

/** What a judgement looks at: a StatefulSet and its pods, prepared. */
export interface Judged {
  readonly workload: Workload;
  readonly pods: readonly Pod[];
}
