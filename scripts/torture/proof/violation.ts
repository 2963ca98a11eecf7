/** One broken promise: which one, and what was seen. */
export interface Violation {
  readonly promise:
    | 'lost write'
    | 'invented node'
    | 'half a transaction'
    | 'counter'
    | 'different trees'
    | 'wrong id'
    | 'left behind'
    | 'end without a reason'
    | 'needless restart'
    | 'restart in place'
    | 'not refused'
    | 'not ready again'
    | 'no progress'
    | 'out of time'
    | 'two leaders'
    | 'not converged';
  readonly text: string;
}
