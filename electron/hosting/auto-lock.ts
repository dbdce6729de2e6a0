import type { OpenProjects } from './open-projects.ts';

/** Locks encrypted projects that nobody has used for a while. */
export interface AutoLock {
  /** A person did something in the project. */
  used(projectId: string): void;
  /** Locks what is due. */
  check(): Promise<void>;
  close(): void;
}

const CHECK_EVERY_MS = 5_000;
const MS_PER_MINUTE = 60_000;

/** `minutes` null: never. Time is the wall clock's, which goes on while the machine sleeps. */
export function createAutoLock(
  projects: Pick<OpenProjects, 'unlocked' | 'lock'>,
  minutes: () => number | null,
  now: () => Date,
): AutoLock {
  const lastUse = new Map<string, number>();
  const check = async (): Promise<void> => {
    const after = minutes();
    const at = now().getTime();
    const open = projects.unlocked();
    for (const known of lastUse.keys()) if (!open.includes(known)) lastUse.delete(known);
    for (const projectId of open) {
      const used = lastUse.get(projectId);
      if (used === undefined) lastUse.set(projectId, at);
      else if (after !== null && at - used >= after * MS_PER_MINUTE) await projects.lock(projectId);
    }
  };
  const timer = setInterval(() => void check().catch(() => undefined), CHECK_EVERY_MS);
  timer.unref();
  return {
    used: (projectId) => void lastUse.set(projectId, now().getTime()),
    check,
    close: () => clearInterval(timer),
  };
}
