import { basename, dirname, extname, join } from 'node:path';
import { dialog } from 'electron';
import type { Translate } from '../../shared/i18n/translate.ts';
import { PROJECT_EXTENSION } from '../hosting/project-paths.ts';
import type { ProjectWindow } from './windows.ts';

export interface ProjectDialogsOptions {
  readonly t: Translate;
  readonly folder: string;
  /** Hears of every path that the person chose. */
  readonly onChosen: (path: string) => void;
}

/** The dialogs of the system about project files; null where the person thought better of it. */
export interface ProjectDialogs {
  /** A project that is there. */
  existing(shown: ProjectWindow | undefined): Promise<string | null>;
  /** The place of a new project. */
  newPlace(shown: ProjectWindow | undefined): Promise<string | null>;
  /** The place of a copy, offered beside its project. */
  copyPlace(shown: ProjectWindow, projectPath: string, suggestedName: string): Promise<string | null>;
}

export function createProjectDialogs({ t, folder, onChosen }: ProjectDialogsOptions): ProjectDialogs {
  const filters = () => [{ name: t('window.dialog.projectFiles'), extensions: [PROJECT_EXTENSION.slice(1)] }];

  const place = async (
    shown: ProjectWindow | undefined,
    wanted: Electron.SaveDialogOptions,
  ): Promise<string | null> => {
    const question = { ...wanted, filters: filters() };
    const { canceled, filePath } =
      shown === undefined ? await dialog.showSaveDialog(question) : await dialog.showSaveDialog(shown.window, question);
    if (canceled || filePath === '') return null;
    const path = extname(filePath) === PROJECT_EXTENSION ? filePath : `${filePath}${PROJECT_EXTENSION}`;
    onChosen(path);
    return path;
  };

  return {
    async existing(shown) {
      const question: Electron.OpenDialogOptions = {
        title: t('window.dialog.openTitle'),
        defaultPath: folder,
        properties: ['openFile'],
        filters: filters(),
      };
      const { canceled, filePaths } =
        shown === undefined
          ? await dialog.showOpenDialog(question)
          : await dialog.showOpenDialog(shown.window, question);
      const path = filePaths[0];
      if (canceled || path === undefined) return null;
      onChosen(path);
      return path;
    },
    newPlace: (shown) =>
      place(shown, {
        title: t('window.dialog.createTitle'),
        buttonLabel: t('window.dialog.createAction'),
        defaultPath: folder,
      }),
    copyPlace: (shown, projectPath, suggestedName) =>
      place(shown, {
        title: t('window.dialog.copyTitle'),
        buttonLabel: t('window.dialog.copyAction'),
        defaultPath: join(dirname(projectPath), basename(suggestedName)),
      }),
  };
}
