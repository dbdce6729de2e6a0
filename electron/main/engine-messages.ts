import type { Reply } from '../../shared/contract/reply.ts';
import type { AppErrorJson } from '../../shared/errors/app-error.ts';
import type { Provider } from '../../shared/train/provider.ts';
import type { EngineDeps, PackageParts, PrintOutcome, SpawnEntry } from '../engine/deps.ts';
import type { OpenMode } from '../engine/engine.ts';

/** What does not change while an engine lives. */
export interface EngineConfig {
  readonly modelsFolder: string;
  readonly ownModelsFolder: string;
  readonly packFolder: string;
  readonly appVersion: string;
  readonly packageParts: PackageParts;
  readonly verifyReplies: boolean;
}

/** What the person may change meanwhile. */
export interface EngineUser {
  readonly actor: string;
  readonly threads: number;
  readonly provider: Provider;
}

/** From the main process to the process of an engine. */
export type ToEngineProcess =
  | {
      readonly type: 'open';
      readonly path: string;
      readonly mode: OpenMode;
      readonly config: EngineConfig;
      readonly user: EngineUser;
    }
  | { readonly type: 'user'; readonly user: EngineUser }
  /** Asks for a sign of life. */
  | { readonly type: 'ping' }
  /** With the port of somebody who asks. */
  | { readonly type: 'line'; readonly id: number }
  /** With the port of the child process that was asked for under this id. */
  | { readonly type: 'child'; readonly id: number }
  | { readonly type: 'childExit'; readonly id: number; readonly code: number | null }
  | { readonly type: 'answer'; readonly id: number; readonly reply: Reply<unknown> }
  /** Whether this is the password that the project was opened with. */
  | { readonly type: 'tryPassword'; readonly id: number; readonly password: string }
  | { readonly type: 'lock' }
  | { readonly type: 'unlock' }
  | { readonly type: 'printed'; readonly id: number; readonly outcome: PrintOutcome }
  | { readonly type: 'close' };

/** From the process of an engine to the main process. */
export type FromEngineProcess =
  | {
      readonly type: 'opened';
      readonly projectId: string;
      readonly name: string;
      readonly encrypted: boolean;
      readonly originalOverwritten: boolean | null;
    }
  | { readonly type: 'refused'; readonly error: AppErrorJson }
  | { readonly type: 'named'; readonly name: string }
  | { readonly type: 'pong' }
  /** The port of this line has arrived and is heard. */
  | { readonly type: 'serving'; readonly id: number }
  | { readonly type: 'spawn'; readonly id: number; readonly entry: SpawnEntry }
  | { readonly type: 'kill'; readonly id: number }
  /** Which file a source id stands for, or where a file may be written. */
  | { readonly type: 'ask'; readonly id: number; readonly about: 'source' | 'target'; readonly value: string }
  /** No job runs any more since the engine was locked. */
  | { readonly type: 'idle' }
  | { readonly type: 'passwordTried'; readonly id: number; readonly opens: boolean }
  | { readonly type: 'print'; readonly id: number; readonly htmlPath: string; readonly pdfPath: string }
  | { readonly type: 'stopPrint'; readonly id: number }
  | { readonly type: 'log'; readonly entry: Parameters<EngineDeps['log']>[0] }
  | { readonly type: 'closed' };

/** First message to a forked worker, compute or check process; its port leads to the engine that asked for it. */
export interface ConnectMessage {
  readonly type: 'connect';
}
