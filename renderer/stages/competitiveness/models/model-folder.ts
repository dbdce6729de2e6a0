import { chooseModelFiles, idFrom } from '../../../../shared/stages/competitiveness/base-model/files.ts';
import { placeInFolder } from '../../../components/chosen-file.ts';

/** What a person chose, and what of it goes in. */
export interface ChosenFolder {
  readonly name: string;
  readonly id: string;
  readonly files: readonly { readonly path: string; readonly file: File }[];
  readonly bytes: number;
  readonly leftOut: number;
}

/** A folder as the browser hands it over: every file with its way from the folder's parent. */
export function chooseFolder(given: readonly File[]): ChosenFolder {
  const all = given.map((file) => ({ ...placeInFolder(file), file }));
  const files = chooseModelFiles(all).map(({ path, file }) => ({ path, file }));
  const name = all[0]?.folder ?? '';
  return {
    name,
    id: idFrom(name),
    files,
    bytes: files.reduce((sum, { file }) => sum + file.size, 0),
    leftOut: all.length - files.length,
  };
}
