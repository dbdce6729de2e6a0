import type { Provider } from '../../shared/train/provider.ts';

/** What the engine needs from whoever hosts it. The engine knows no transport and starts no process itself. */

/** Entries that run in a process of their own: the model worker, pure computation and readers, the check of an untrusted project file, the self-test of a deployment package. */
export type SpawnEntry = 'worker' | 'compute' | 'check' | 'package-check';

/** A child process as a message port. Messages are structured clones: typed arrays travel as they are. */
export interface ChildPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
  onExit(listener: (code: number | null, signal: string | null) => void): () => void;
  kill(): void;
}

export type PrintOutcome =
  | { readonly type: 'written' }
  | { readonly type: 'unavailable'; readonly reason: 'no-browser' }
  | { readonly type: 'failed'; readonly reason: 'timed-out' | 'browser-failed'; readonly detail: string };

/** Prints an HTML file of ours to a PDF file, asking no network. Rejects only when `signal` is aborted. */
export type PrintPdf = (htmlPath: string, pdfPath: string, signal: AbortSignal) => Promise<PrintOutcome>;

/** Folders that a deployment package is made from. */
export interface PackageParts {
  /** The package's own server and self-test. */
  readonly sources: string;
  /** Installed packages, of which it vendors a few. */
  readonly modules: string;
  /** Licence texts that packages do not carry themselves. */
  readonly licences: string;
}

export interface EngineDeps {
  spawn(entry: SpawnEntry): ChildPort;
  /** The file behind a source id that this host gave out. @throws AppError 'source.not-found' */
  resolveSource(sourceId: string): Promise<{
    readonly path: string;
    readonly name: string;
    /** Under which the file is sealed; null for a file of the person's own. */
    readonly key: Uint8Array | null;
  }>;
  /** Where this host lets a new project file be written. @throws AppError 'project.exists' | 'project.outside-folder' | 'request.invalid' */
  resolveTarget(path: string): Promise<string>;
  /** Folder with one folder per base model, each with a manifest. */
  readonly modelsFolder: string;
  /** The same for models that this user imported; made when the first is. */
  readonly ownModelsFolder: string;
  /** Where a translation pack lies once one is installed. */
  readonly packFolder: string;
  readonly appVersion: string;
  readonly packageParts: PackageParts;
  readonly printPdf: PrintPdf;
  now(): Date;
  /** Monotonic milliseconds, for durations. */
  monotonicMs(): number;
  /** Threads for training and inference. */
  threads(): number;
  /** What computes a training. */
  provider(): Provider;
  /** Parse replies against the contract too: on in tests and development. */
  readonly verifyReplies: boolean;
  /** How long a process may be silent before a person is told; `QUIET_AFTER_MS` where left out. */
  readonly quietAfterMs?: number;
  /** Failures and facts for the log; never shown to people. */
  log(entry: { readonly level: 'info' | 'error'; readonly what: string; readonly detail?: string }): void;
}
