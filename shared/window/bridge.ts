import type { Settings } from '../contract/app.ts';
import type { Reply } from '../contract/reply.ts';

/** A file that the person chose or dropped, under the id that import requests take. */
export interface FileSource {
  readonly sourceId: string;
  readonly name: string;
  readonly bytes: number;
}

/** What the window tells its page. */
export type WindowCommand =
  | { readonly type: 'open'; readonly path: string }
  | { readonly type: 'create'; readonly path: string; readonly name: string }
  | { readonly type: 'close' }
  | { readonly type: 'lock' }
  | { readonly type: 'show'; readonly page: 'map' | 'jobs' | 'reports' | 'settings' }
  | { readonly type: 'settings'; readonly settings: Settings };

/** All that the page of a window gets from the preload script, as `window.workbench`: no Electron, no Node. */
export interface WindowBridge {
  /** Answers an `app.*` request. */
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  /** Asks for a line to the engine of the project open in this window. Its port arrives as a window message of type `LINE_PORT` that carries `lineId`. */
  connect(projectId: string, lineId: number): Promise<Reply<null>>;
  /** Hears that the engine at the other end of a line has ended: Chromium does not tell a page that a port was closed. */
  onLost(listener: (lineId: number) => void): void;
  /** The file behind a `File`; content that has no file (pasted text) is handed over whole. */
  source(file: File): Promise<Reply<FileSource>>;
  /** A project file, chosen in the dialog of the system; null when the person thought better of it. */
  chooseProject(): Promise<Reply<string | null>>;
  /** Where a copy of the open project goes, chosen in the dialog of the system, which offers `name` beside the project; null when the person thought better of it. */
  chooseCopy(name: string): Promise<Reply<string | null>>;
  /** Commands of menus and of other windows, those that came before somebody listened too. */
  onCommand(listener: (command: WindowCommand) => void): void;
}

export const LINE_PORT = 'workbench-line';

/** The window message that brings a port. */
export interface LinePortMessage {
  readonly type: typeof LINE_PORT;
  readonly projectId: string;
  readonly lineId: number;
}
