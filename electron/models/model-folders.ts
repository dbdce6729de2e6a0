import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { baseModelId } from '../../shared/stages/competitiveness/base-model/contract.ts';
import { MANIFEST_FILE } from './model-folder.ts';

/** Where base models are: those that came with the product, and those that this user imported. */
export interface ModelFolders {
  readonly modelsFolder: string;
  readonly ownModelsFolder: string;
}

/** The folder of a base model; one that came with the product goes first. It need not be there: reading its manifest says so.
 *  @throws AppError 'model.not-found' for what is no name of a folder */
export function modelFolderOf({ modelsFolder, ownModelsFolder }: ModelFolders, id: string): string {
  if (!baseModelId.safeParse(id).success) throw new AppError('model.not-found', { model: id.slice(0, 100) });
  const shipped = join(modelsFolder, id);
  const own = join(ownModelsFolder, id);
  return existsSync(join(own, MANIFEST_FILE)) && !existsSync(join(shipped, MANIFEST_FILE)) ? own : shipped;
}

/** All folders of base models, those that came with the product first. */
export async function modelFolders(folders: ModelFolders) {
  const inside = async (folder: string, imported: boolean) => {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (imported && error.code === 'ENOENT') return [];
      throw error;
    });
    return entries
      .filter((entry) => entry.isDirectory() && baseModelId.safeParse(entry.name).success)
      .map(({ name }) => ({ id: name, folder: join(folder, name), imported }));
  };
  const shipped = await inside(folders.modelsFolder, false);
  const own = await inside(folders.ownModelsFolder, true);
  return [...shipped, ...own.filter(({ id }) => !shipped.some((other) => other.id === id))];
}
