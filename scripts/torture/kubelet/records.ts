/** One container's end, as `kubectl describe pod` would tell it. */
export interface End {
  readonly member: string;
  /** Which start of the member it was, from 1. */
  readonly start: number;
  readonly atMs: number;
  readonly ranMs: number;
  readonly status: number | null;
  readonly signal: string | null;
  /** The termination message, empty when there is none. */
  readonly reason: string;
  /** Why the kubelet ended it; undefined when it ended by itself. */
  readonly asked: string | undefined;
  /** The kubelet ran out of patience and sent KILL. */
  readonly killedByKubelet: boolean;
  /** Processes of the container that were still there after it. */
  readonly leftovers: readonly string[];
  /** How many JVMs the container has had: more than one is a restart in place. */
  readonly jvms: number;
}
