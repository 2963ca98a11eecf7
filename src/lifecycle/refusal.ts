/** An end with a status of ours and one line for a person; never a stack trace. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** One of ownStatus. */
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
