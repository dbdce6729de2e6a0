import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../../shared/errors/app-error.ts';

const EXTENSION = /\.csw$/;
const SET_ASIDE = '.replaced-';

/** The folder beside a project in which what it gives away is laid. */
export function exportsFolder(projectPath: string): string {
  return join(dirname(projectPath), `${basename(projectPath).replace(EXTENSION, '')}-exports`);
}

const ownershipSchema = z.object({ format: z.string(), project: z.object({ id: z.string() }) });
export const PACKAGE_FORMAT = 'success-workbench-package/1';
export const HUB_FORMAT = 'success-workbench-hub/1';
export const JOB_FOLDER_FORMAT = 'success-workbench-job-folder/1';
const OWN_FORMATS: readonly string[] = [PACKAGE_FORMAT, HUB_FORMAT, JOB_FOLDER_FORMAT];

/** Whether a package or an export of this project is at a path; links count as foreign. */
export function isOwnPackage(path: string, projectId: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  try {
    const manifest = ownershipSchema.safeParse(JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')));
    return manifest.success && OWN_FORMATS.includes(manifest.data.format) && manifest.data.project.id === projectId;
  } catch {
    return false;
  }
}

/** @throws AppError 'landing.folder-taken' where something stands there that this project did not build */
export function refuseForeign(path: string, projectId: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  if (!isOwnPackage(path, projectId)) throw new AppError('landing.folder-taken', { path });
}

/** Puts a finished folder in its place; what stood there is gone only once the new one stands.
 *  @throws AppError 'landing.folder-taken' */
export function placePackage(built: string, target: string, projectId: string, jobId: string): void {
  const exportsPath = dirname(target);
  // A link in place of the folder would lead what is written elsewhere.
  if (lstatSync(exportsPath, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new AppError('landing.folder-taken', { path: exportsPath });
  }
  refuseForeign(target, projectId);
  mkdirSync(exportsPath, { recursive: true });
  const old = join(exportsPath, `${SET_ASIDE}${jobId}`);
  const stood = lstatSync(target, { throwIfNoEntry: false }) !== undefined;
  if (stood) renameSync(target, old);
  try {
    renameSync(built, target);
  } catch (error) {
    if (stood) renameSync(old, target);
    throw error;
  }
  sweepReplaced(exportsPath, projectId);
}

/** Removes replaced packages, also of a run that was cut off after its own stood. */
function sweepReplaced(folder: string, projectId: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.startsWith(SET_ASIDE) && isOwnPackage(path, projectId)) rmSync(path, { recursive: true, force: true });
  }
}
