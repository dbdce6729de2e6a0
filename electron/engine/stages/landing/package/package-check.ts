import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import { packageCheckResultSchema, packageResultSchema } from '../../../../../shared/stages/landing/package/results.ts';
import { defineKind } from '../../../artifacts/kind.ts';
import { exportsFolder, isOwnPackage } from './exports-folder.ts';
import { runSelfTest } from './self-test-process.ts';
import { hashedFiles } from './write-files.ts';

/** A built package held against the project's record of its files, then asked to test itself. Code that is not as it was built is not run. */
export const packageCheckKind = defineKind({
  name: 'landing.packageCheck',
  stage: 'landing',
  lane: 'io',
  revision: 1,
  params: z.strictObject({}),
  result: packageCheckResultSchema,
  pausable: false,
  outsideHash: ['selfTest'],
  takesStale: true,
  training: false,
  inputs: (_params, _slots, key) => [`landing.package:${key}`],
  defaultParams: () => null,
  async run({ key, input, store, deps, path, signal }) {
    const built = packageResultSchema.parse(input(`landing.package:${key}`).result);
    const folder = join(exportsFolder(path), built.folder);
    if (!isOwnPackage(folder, store.project.get().id)) throw new AppError('landing.package-missing', { path: folder });
    const found = new Map((await hashedFiles(folder, signal)).map((file) => [file.path, file.sha256]));
    const recorded = new Map(built.files.map((file) => [file.path, file.sha256]));
    const missing = [...recorded.keys()].filter((file) => !found.has(file));
    const changed = [...recorded].filter(([file, hash]) => found.has(file) && found.get(file) !== hash);
    const added = [...found.keys()].filter((file) => !recorded.has(file));
    const isAsBuilt = missing.length + changed.length + added.length === 0;
    const selfTest = isAsBuilt ? await runSelfTest(deps, folder, signal) : null;
    return {
      type: 'done',
      result: {
        packageId: key,
        passed: selfTest?.passed ?? false,
        missing,
        changed: changed.map(([file]) => file),
        added,
        selfTest,
      },
    };
  },
});
