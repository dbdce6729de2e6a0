import { z } from 'zod';

/** One end of a line between two processes, whatever kind of port carries it. */
export interface LinePort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Told once when the other end is gone. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Requests, replies and events travel as JSON text, as they do over HTTP: what arrives is the same over both, and its size is known before it is read. */
export const toEngineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('call'), id: z.int(), body: z.string() }),
  /** Send events from now on, the current jobs first. */
  z.strictObject({ type: z.literal('follow') }),
  /** Events of this many characters were taken. */
  z.strictObject({ type: z.literal('taken'), characters: z.int().min(0) }),
]);
export type ToEngine = z.output<typeof toEngineSchema>;

export type FromEngine =
  | { readonly type: 'reply'; readonly id: number; readonly body: string }
  | { readonly type: 'event'; readonly body: string };

export const REQUEST_LIMIT_MB = 16;
export const REQUEST_LIMIT_CHARACTERS = REQUEST_LIMIT_MB * 1024 * 1024;
/** Requests that a host answers at the same time. A screen sends a few dozen at most; whoever sends more is not a person, and fills no queue. */
export const REQUESTS_AT_ONCE = 100;
/** A page that does not take its events is let go; on its return it is told the current state first, so it misses nothing. */
export const EVENTS_NOT_TAKEN = 4 * 1024 * 1024;
