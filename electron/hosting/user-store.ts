import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type Guide,
  guideSchema,
  type RecentProject,
  type Settings,
  settingsSchema,
} from '../../shared/contract/app.ts';
import { jsonFile } from './json-file.ts';

const RECENT_KEPT = 20;

const recentSchema = z.array(z.strictObject({ path: z.string(), name: z.string(), openedAt: z.string() }));

/** Settings, progress and recent list of this user. */
export interface UserStore {
  settings(): Settings;
  changeSettings(settings: Settings): void;
  guide(): Guide;
  changeGuide(guide: Guide): void;
  recent(): readonly RecentProject[];
  remember(project: { readonly path: string; readonly name: string; readonly openedAt: string }): void;
}

/** Language for a first start, from the locale of the machine. */
export function languageOf(locale: string): Settings['language'] {
  return /^zh\b|^zh[_-]/i.test(locale) ? 'zh-CN' : 'en';
}

/** Locale of this process as the variables say it, else as the system does. */
export function systemLocale(env: NodeJS.ProcessEnv = process.env): string {
  const named = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '');
  return named ?? Intl.DateTimeFormat().resolvedOptions().locale;
}

export function openUserStore(folder: string): UserStore {
  const settingsFile = jsonFile(join(folder, 'settings.json'), settingsSchema, () => ({
    language: languageOf(systemLocale()),
    theme: 'system' as const,
    threads: null,
    provider: null,
    actor: '',
    lockAfterMinutes: 15 as const,
  }));
  const guideFile = jsonFile(join(folder, 'guide.json'), guideSchema, () => ({
    tour: { state: 'offered' as const, stop: null },
    seen: [],
  }));
  const recentFile = jsonFile(join(folder, 'recent.json'), recentSchema, () => []);
  return {
    settings: () => settingsFile.read(),
    changeSettings: (settings) => settingsFile.write(settings),
    guide: () => guideFile.read(),
    changeGuide: (guide) => guideFile.write(guide),
    recent: () => recentFile.read().map((project) => ({ ...project, exists: existsSync(project.path) })),
    remember({ path, name, openedAt }) {
      const others = recentFile.read().filter((project) => project.path !== path);
      recentFile.write([{ path, name, openedAt }, ...others].slice(0, RECENT_KEPT));
    },
  };
}
