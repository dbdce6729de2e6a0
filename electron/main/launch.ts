import { resolve } from 'node:path';
import { PROJECT_EXTENSION } from '../hosting/project-paths.ts';

/** What a command line asks of the window. */
export interface Launch {
  /** Project files, absolute. */
  readonly projects: readonly string[];
  readonly folder: string | null;
}

/** Reads a command line of ours, past the switches that Chromium and the system add. */
export function readLaunch(argv: readonly string[], workingFolder: string): Launch {
  const projects: string[] = [];
  let folder: string | null = null;
  for (let index = 1; index < argv.length; index++) {
    const argument = argv[index] ?? '';
    const next = argv[index + 1];
    if (argument === '--folder' && next !== undefined) {
      folder = resolve(workingFolder, next);
      index++;
    } else if (!argument.startsWith('-') && argument.toLowerCase().endsWith(PROJECT_EXTENSION)) {
      projects.push(resolve(workingFolder, argument));
    }
  }
  return { projects, folder };
}
