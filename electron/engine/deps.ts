/** What the engine needs from whoever hosts it. The engine knows no transport and starts no process itself. */

/** Entries that run in a process of their own: the model worker, pure computation and readers, the check of an untrusted project file. */
export type SpawnEntry = 'worker' | 'compute' | 'check';

/** A child process as a message port. Messages are structured clones: typed arrays travel as they are. */
export interface ChildPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
  onExit(listener: (code: number | null, signal: string | null) => void): () => void;
  kill(): void;
}

export interface EngineDeps {
  spawn(entry: SpawnEntry): ChildPort;
  /** The file behind a source id that this host gave out. @throws AppError 'source.not-found' */
  resolveSource(sourceId: string): { readonly path: string; readonly name: string };
  /** Folder with one folder per base model, each with a manifest. */
  readonly modelsFolder: string;
  readonly appVersion: string;
  now(): Date;
  /** Monotonic milliseconds, for durations. */
  monotonicMs(): number;
  /** Threads for training and inference. */
  threads(): number;
  /** Parse replies against the contract too: on in tests and development. */
  readonly verifyReplies: boolean;
  /** Failures and facts for the log; never shown to people. */
  log(entry: { readonly level: 'info' | 'error'; readonly what: string; readonly detail?: string }): void;
}
