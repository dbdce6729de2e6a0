import { AppError, type AppErrorJson } from '../../../../shared/errors/app-error.ts';

/** A failure of reading a file, under the name that the person knows: the host keeps uploads under names of its own. */
export function sourceError(error: AppError | AppErrorJson, fileName: string): AppErrorJson {
  const json = error instanceof AppError ? error.toJSON() : error;
  return 'file' in json.params ? { ...json, params: { ...json.params, file: fileName } } : json;
}
