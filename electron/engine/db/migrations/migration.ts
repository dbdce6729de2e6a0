/** A step of the file format. Frozen once released: it imports nothing of ours, so that its hash is a fact of its text alone. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}
