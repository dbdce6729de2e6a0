import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { fileIssue } from '../../shared/errors/issue-reason.ts';
import { because, type Reason } from '../../shared/errors/reasons.ts';

const BYTES_PER_MB = 1024 * 1024;

/** A JSON file of a model folder, read only where it is no larger than it has reason to be. @throws AppError 'model.file' */
export async function readJsonFile(
  path: string,
  limitMb: number,
): Promise<{ readonly file: string; readonly json: unknown }> {
  const file = basename(path);
  const fail = (problem: Reason, cause?: unknown) => new AppError('model.file', { file, problem }, { cause });
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw fail(because('unreadable', {}), cause);
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw fail(because('not-a-file', {}));
    if (found.size > limitMb * BYTES_PER_MB) throw fail(because('over-mb', { mb: limitMb }));
    const text = await handle.readFile('utf8');
    try {
      return { file, json: JSON.parse(text) as unknown };
    } catch (cause) {
      throw fail(because('not-json', {}), cause);
    }
  } finally {
    await handle.close();
  }
}

/** What was read, in the shape that it should have. @throws AppError 'model.file' naming the place that has not */
export function parseModelJson<T>(schema: z.ZodType<T>, json: unknown, file: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('model.file', { file, problem: fileIssue(parsed.error) }, { cause: parsed.error });
}
