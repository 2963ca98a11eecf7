/** Where one member listens for clients; an IPv6 address is without its brackets. */
export interface ClientAddress {
  readonly host: string;
  readonly port: number;
}

/** Why a request was not done, as far as a caller may want to act on it. */
export type FailureReason =
  | 'no-node'
  | 'node-exists'
  | 'not-empty'
  | 'not-allowed'
  | 'timeout'
  | 'lost'
  | 'other';

/** A request that was not done; the sentence continues the member's name: `did not answer within 3000 ms`. */
export interface Failed {
  readonly kind: 'failed';
  readonly reason: FailureReason;
  readonly sentence: string;
}

/** The outcome of one request to one member. */
export type Answer<T> = { readonly kind: 'done'; readonly value: T } | Failed;

/** What a node is made of; an ephemeral one goes when its session goes, even if the program is killed. */
export interface NewNode {
  readonly path: string;
  readonly value: string;
  readonly ephemeral: boolean;
}

/** A session with exactly one member; every request has its own deadline and never rejects. */
export interface Connected {
  readonly kind: 'connected';
  create(node: NewNode): Promise<Answer<void>>;
  get(path: string): Promise<Answer<string>>;
  set(path: string, value: string): Promise<Answer<void>>;
  remove(path: string): Promise<Answer<void>>;
  exists(path: string): Promise<Answer<boolean>>;
  /** When it is done, this member has applied every write that was acknowledged before it was asked. */
  sync(path: string): Promise<Answer<void>>;
  /** Ends the session; afterwards neither a socket nor a timer is left. */
  close(): Promise<void>;
}
