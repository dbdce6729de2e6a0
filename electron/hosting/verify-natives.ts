import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { fileSha256 } from '../models/model-folder.ts';
import { readBuild } from './build-identity.ts';
import { type ResourcePaths, resourcePaths } from './resource-paths.ts';

/** Compares every native binary of a packaged application with what it was built with; call it before a process is started that loads one.
 *  The archive's own integrity check does not reach them, because they lie beside it. A run from the sources has nothing to compare with.
 *  @throws AppError 'build.changed' naming the first that differs or is missing */
export async function verifyNatives(paths: ResourcePaths = resourcePaths()): Promise<void> {
  if (!paths.packaged) return;
  const resources = dirname(paths.root);
  await Promise.all(
    readBuild(paths).natives.map(async ({ path, bytes, sha256 }) => {
      const file = join(resources, path);
      const found = await stat(file).catch(() => null);
      if (found?.size !== bytes || (await fileSha256(file)) !== sha256) throw new AppError('build.changed', { file });
    }),
  );
}
