/** A problem of the machine or the local stack that its user can fix; the message says how. */
export class StackError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StackError";
  }
}
