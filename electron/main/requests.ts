import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Reply } from '../../shared/contract/reply.ts';
import { AppError, fromAppErrorJson } from '../../shared/errors/app-error.ts';
import type { Workbench } from '../hosting/workbench.ts';
import { CHANNELS } from '../preload/channels.ts';
import type { EngineProcess } from './engine-process.ts';
import type { Handle } from './ipc.ts';
import type { ProjectDialogs } from './project-dialogs.ts';
import { bringToFront, type ProjectWindow, type Windows } from './windows.ts';

/** Pasted text comes whole; anything larger has a file. */
const CONTENT_LIMIT_MB = 64;
const PATH_CHARACTERS = 4096;

const callSchema = z.strictObject({ name: z.string().max(100), input: z.unknown() });
const connectSchema = z.strictObject({ projectId: z.string().max(100), lineId: z.int() });
const pathSchema = z.strictObject({ path: z.string().min(1).max(PATH_CHARACTERS) });
const nameSchema = z.strictObject({ name: z.string().min(1).max(PATH_CHARACTERS) });
const bytesSchema = z.strictObject({ name: z.string().max(PATH_CHARACTERS), bytes: z.instanceof(ArrayBuffer) });
const nothingSchema = z.strictObject({});
const openedSchema = z.object({ projectId: z.string() });
const byProjectSchema = z.object({ projectId: z.string() });

/** Answers of `app.*` after which the page shows the project that they name. */
const OPENING: ReadonlySet<string> = new Set(['app.createProject', 'app.openProject', 'app.openSample']);

/** After these, engines compute otherwise: a trial may have found something faster. */
const WEIGHING: ReadonlySet<string> = new Set(['app.changeSettings', 'app.tryProvider']);

export interface RequestsOptions {
  readonly handle: Handle;
  readonly workbench: Workbench;
  readonly windows: Windows;
  readonly engineOf: (projectId: string) => EngineProcess;
  readonly dialogs: ProjectDialogs;
  /** A window shows another project, or none. */
  readonly onProject: () => void;
  readonly onSettings: () => void;
}

/** What a page may ask the main process. */
export function answerPages(options: RequestsOptions): void {
  const { handle, workbench, windows, engineOf, dialogs, onProject, onSettings } = options;
  const { projects } = workbench;
  const windowOf = (contents: Electron.WebContents): ProjectWindow => {
    const window = windows.of(contents);
    if (window === undefined) throw new AppError('project.none-open', {});
    return window;
  };

  /** From now on this window is the project's. @throws AppError 'project.in-other-window' */
  const bind = async (window: ProjectWindow, projectId: string): Promise<void> => {
    const other = windows.withProject(projectId);
    if (other !== undefined && other !== window) {
      bringToFront(other);
      throw new AppError('project.in-other-window', {});
    }
    const before = window.projectId;
    window.projectId = projectId;
    if (before !== null && before !== projectId && projects.status(before) !== null) await projects.close(before);
    onProject();
  };

  const call = async (window: ProjectWindow, name: string, input: unknown): Promise<unknown> => {
    const named = byProjectSchema.safeParse(input);
    // A page speaks for the project of its own window only.
    if (named.success && named.data.projectId !== window.projectId) throw new AppError('project.none-open', {});
    const gone = named.success && projects.status(named.data.projectId) === null;
    const value = name === 'app.closeProject' && gone ? {} : unwrap(await workbench.call(name, input, null));
    if (OPENING.has(name)) await bind(window, openedSchema.parse(value).projectId);
    if (name === 'app.closeProject') {
      window.projectId = null;
      onProject();
    }
    if (WEIGHING.has(name)) onSettings();
    return value;
  };

  handle(CHANNELS.call, callSchema, ({ name, input }, { sender }) => call(windowOf(sender), name, input));

  handle(CHANNELS.connect, connectSchema, async ({ projectId, lineId }, { sender }) => {
    if (windowOf(sender).projectId !== projectId) throw new AppError('project.none-open', {});
    // A project of this window that is not open any more is one whose engine stayed down.
    if (projects.status(projectId) === null) throw new AppError('internal.process-lost', { process: 'engine' });
    // While its password is changed it has no engine for a moment.
    await projects.settled(projectId);
    projects.get(projectId);
    const { port, ended } = await engineOf(projectId).connect();
    sender.postMessage(CHANNELS.line, { projectId, lineId }, [port]);
    void ended.then(() => {
      if (!sender.isDestroyed()) sender.send(CHANNELS.lost, lineId);
    });
    return null;
  });

  handle(CHANNELS.sourcePath, pathSchema, ({ path }) => workbench.sources.fromPath(path));

  handle(CHANNELS.sourceBytes, bytesSchema, ({ name, bytes }) => {
    if (bytes.byteLength > CONTENT_LIMIT_MB * 1024 * 1024) {
      throw new AppError('request.too-large', { limitMb: CONTENT_LIMIT_MB });
    }
    return workbench.sources.fromStream(name, Readable.from([Buffer.from(bytes)]));
  });

  handle(CHANNELS.chooseProject, nothingSchema, (_nothing, { sender }) => dialogs.existing(windowOf(sender)));

  handle(CHANNELS.chooseCopy, nameSchema, ({ name }, { sender }) => {
    const window = windowOf(sender);
    if (window.projectId === null) throw new AppError('project.none-open', {});
    return dialogs.copyPlace(window, projects.get(window.projectId).engine.path, name);
  });

  handle(CHANNELS.listening, nothingSchema, (_nothing, { sender }) => {
    windows.listening(windowOf(sender));
    return null;
  });
}

/** @throws the AppError of a refusal */
function unwrap<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw fromAppErrorJson(reply.error);
}
