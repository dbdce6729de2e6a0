/** A refusal that the caller may see: a status, a code that does not change, and a sentence. */
export class RequestError extends Error {
  /** @param {number} status
   *  @param {string} code
   *  @param {string} message
   *  @param {Readonly<Record<string, string>>} [headers] */
  constructor(status, code, message, headers = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
