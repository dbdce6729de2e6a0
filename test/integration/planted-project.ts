import { copyFileSync, existsSync, mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import { HEAD_CONFIG, importPlanted, prepareModels, runFlow, writePlantedFiles } from './planted.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';

const POLL_MS = 200;

/** How far a planted project has come: imported and split with its floors measured; or from the two files to a decision. */
const STATES = {
  split: prepareModels,
  decided: (project: TestProject) => runFlow(project, { recipe: defaultRecipe, config: HEAD_CONFIG }),
} as const;

/** Copies the planted project in this state to a path. The first file of a run that wants it makes it; the others wait for that. */
export async function copyPlantedProject(state: keyof typeof STATES, to: string): Promise<void> {
  const folder = inject('sharedProjects');
  const made = join(folder, `${state}.csw`);
  while (!existsSync(made) && !(await makeAlone(state, folder, made)))
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  copyFileSync(made, to);
}

/** False while another process is at it. Where that one failed, the next who asks tries again. */
async function makeAlone(state: keyof typeof STATES, folder: string, made: string): Promise<boolean> {
  const lock = join(folder, `${state}-lock`);
  try {
    mkdirSync(lock);
  } catch {
    return false;
  }
  const files = join(folder, `${state}-files`);
  try {
    if (existsSync(made)) return true;
    mkdirSync(files, { recursive: true });
    writePlantedFiles(files);
    const path = join(files, 'unfinished.csw');
    const project = await openTestProject(path, CREATE);
    try {
      await importPlanted(project, files);
      await STATES[state](project);
    } finally {
      await project.engine.dispose();
    }
    renameSync(path, made);
    return true;
  } finally {
    rmdirSync(lock);
  }
}
