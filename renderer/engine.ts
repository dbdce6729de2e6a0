import type { ProjectEvent } from '../shared/contract/events.ts';
import type { AppRequestName, Input, Output, RequestName, Requests } from '../shared/contract/index.ts';
import type { Reply } from '../shared/contract/reply.ts';
import { isUndoable } from '../shared/contract/undoable.ts';
import { AppError, fromAppErrorJson } from '../shared/errors/app-error.ts';

export interface UploadedSource {
  readonly sourceId: string;
  readonly name: string;
  readonly bytes: number;
}

/** How requests reach an engine. Implemented over HTTP for the loopback host and over a message port in the window. */
export interface Transport {
  call(name: string, input: unknown, projectId: string | null): Promise<Reply<unknown>>;
  /** Events of a project until the returned function is called; `onLink` says whether the line is up. */
  subscribe(projectId: string, onEvent: (event: ProjectEvent) => void, onLink: (up: boolean) => void): () => void;
  /** Hands a chosen file to the host, which answers with the id that import requests take. */
  upload(file: File): Promise<Reply<UploadedSource>>;
}

export type JobRequestName = {
  [N in RequestName]: Requests[N]['effect'] extends 'job' ? N : never;
}[RequestName];

const link: { transport: Transport | null; projectId: string | null; visit: number; onLocked: () => void } = {
  transport: null,
  projectId: null,
  visit: 0,
  onLocked: () => undefined,
};

export function connectTransport(transport: Transport): void {
  link.transport = transport;
}

/** The project that requests other than `app.*` go to. */
export function setCurrentProject(projectId: string | null): void {
  link.projectId = projectId;
  link.visit++;
}

/**
 * Hands an answer on, or its failure, unless the project was left, locked or entered anew while it was on its way:
 * what was asked before then is about a screen that is gone, and may name another customer.
 */
export async function whileShown<T>(asked: Promise<T>, put: (value: T) => void): Promise<void> {
  const { visit } = link;
  try {
    const value = await asked;
    if (link.visit === visit) put(value);
  } catch (error) {
    if (link.visit === visit) throw error;
  }
}

/** Told when a request is refused because the project asks for its password again. */
export function whenLocked(listener: () => void): void {
  link.onLocked = listener;
}

export function currentTransport(): Transport {
  if (link.transport === null) throw new AppError('internal.process-lost', { process: 'engine' });
  return link.transport;
}

function unwrap<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  if (reply.error.code === 'project.screen-locked') link.onLocked();
  throw fromAppErrorJson(reply.error);
}

const undoableListeners = new Set<() => void>();

/** Calls back after each command of this screen that can be undone. */
export function onUndoable(listener: () => void): void {
  undoableListeners.add(listener);
}

export const isAppRequest = (name: RequestName): name is AppRequestName => name.startsWith('app.');

/** Sends a request to the open project, or to the host for `app.*`. @throws AppError whatever the engine refused with */
export async function call<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
  const projectId = isAppRequest(name) ? null : link.projectId;
  if (!isAppRequest(name) && projectId === null) throw new AppError('project.none-open', {});
  const value = unwrap(await currentTransport().call(name, input, projectId)) as Output<N>;
  if (isUndoable(name)) for (const listener of undoableListeners) listener();
  return value;
}

/** Gives a file to the host. @throws AppError */
export async function upload(file: File): Promise<UploadedSource> {
  return unwrap(await currentTransport().upload(file));
}
