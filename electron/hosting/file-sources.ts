import { resolve } from 'node:path';
import { FILE_PREFIX, type Sources } from './sources.ts';

/** A request input with every `sourceId: "file:PATH"` replaced by an id for that file; relative paths start at `folder`.
 *  @throws AppError 'source.not-found' */
export function resolveFileSources(input: unknown, folder: string, sources: Sources): unknown {
  if (Array.isArray(input)) return input.map((item) => resolveFileSources(item, folder, sources));
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => {
      const names = key === 'sourceId' && typeof value === 'string' && value.startsWith(FILE_PREFIX);
      return [
        key,
        names
          ? sources.fromPath(resolve(folder, value.slice(FILE_PREFIX.length))).sourceId
          : resolveFileSources(value, folder, sources),
      ];
    }),
  );
}
