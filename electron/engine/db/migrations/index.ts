import { createProject } from './0001-create-project.ts';
import type { Migration } from './migration.ts';

/** In order, ids from 1 without a gap: two branches that take the same number conflict here, as wanted. */
export const MIGRATIONS: readonly Migration[] = [createProject];
