import { z } from 'zod';
import { appErrorJsonSchema } from '../jobs/state.ts';
import { providerSchema, providerTrialSchema } from '../train/provider.ts';
import { packInfoSchema, packPathSchema } from '../translation/pack.ts';
import { offlineFactsSchema, offlineStatementSchema, PAGE_REFUSAL_KINDS } from './offline.ts';
import { command, defineSlice, noInput, query } from './stage.ts';

export const LOCK_MINUTES = [5, 15, 30, 60] as const;

export const settingsSchema = z.strictObject({
  language: z.enum(['zh-CN', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Threads of a training or inference job; null: physical cores, one fewer while someone is at the screen. */
  threads: z.nullable(z.int().min(1).max(256)),
  /** What computes trainings; null: the fastest that a trial has shown to be right, else the processor. */
  provider: z.nullable(providerSchema).default(null),
  /** Who is at the screen, for the audit log. */
  actor: z.string().max(100),
  /** Minutes without a person after which an encrypted project asks for its password again; null: never. */
  lockAfterMinutes: z.nullable(z.union(LOCK_MINUTES.map((minutes) => z.literal(minutes)))).default(15),
});
export type Settings = z.output<typeof settingsSchema>;

/** How far this user has come with the program itself. */
export const guideSchema = z.strictObject({
  tour: z.strictObject({
    /** `offered`: nobody has taken or dismissed it yet. */
    state: z.enum(['offered', 'running', 'left', 'finished', 'dismissed']),
    /** The stop to go on at; null before the first. */
    stop: z.nullable(z.string().max(40)),
  }),
  /** Steps visited before, as `stage.step`: what they explain is folded. */
  seen: z.array(z.string().max(80)).max(200),
});
export type Guide = z.output<typeof guideSchema>;

const recentProjectSchema = z.strictObject({
  path: z.string(),
  name: z.string(),
  openedAt: z.string(),
  exists: z.boolean(),
});
export type RecentProject = z.output<typeof recentProjectSchema>;

export const appInfoSchema = z.strictObject({
  version: z.string(),
  /** SHA-256 of the build; of the sources, marked as a development run, where nothing was packaged. */
  buildHash: z.string().regex(/^(development-)?[0-9a-f]{64}$/),
  platform: z.string(),
  host: z.enum(['loopback', 'cli', 'electron']),
  cores: z.int(),
  /** Threads of a training or inference job while the settings leave them open. */
  autoThreads: z.int().min(1),
  memoryGb: z.number(),
  /** What computes trainings. */
  provider: providerSchema,
  /** Folder in which the loopback host creates and opens projects. */
  projectsFolder: z.string(),
  /** Requests of the page to elsewhere, and of others to this host, that were refused since start. */
  refusedRequests: z.int(),
});
export type AppInfo = z.output<typeof appInfoSchema>;

/** How far the rest of a sample's engagement has come. */
const sampleProgressSchema = z.strictObject({
  /** `unavailable`: not a sample, or somebody went on by hand. */
  state: z.enum(['unavailable', 'idle', 'playing', 'stopped', 'failed', 'done']),
  /** The request under way. */
  request: z.nullable(z.string()),
  done: z.int(),
  total: z.int(),
  error: z.nullable(appErrorJsonSchema),
});
export type SampleProgress = z.output<typeof sampleProgressSchema>;

/** Enough that guessing is dear; no rules of composition, which make passwords weaker and harder to keep. */
export const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD = 1024;
const newPasswordSchema = z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD);
const passwordSchema = z.string().min(1).max(LONGEST_PASSWORD);

const providersSchema = z.strictObject({
  /** What computes trainings now. */
  chosen: providerSchema,
  /** What may be tried on this system. */
  candidates: z.array(providerSchema),
  trials: z.array(providerTrialSchema),
});
export type ProvidersInfo = z.output<typeof providersSchema>;

const byProject = z.strictObject({ projectId: z.string() });
const openedSchema = z.strictObject({ projectId: z.string(), name: z.string(), path: z.string() });

export const app = defineSlice('app', {
  info: query('Version, machine and host', noInput, appInfoSchema),
  offline: query(
    'What keeps data on this machine: what is closed and how, what was refused, what lies on the disk',
    noInput,
    offlineFactsSchema,
  ),
  offlineStatement: query(
    'The same as a statement for a security officer: one HTML file with its checksum, and a PDF where asked for',
    z.strictObject({
      language: settingsSchema.shape.language,
      /** An open project to name; null: none. */
      projectId: z.nullable(z.string()).default(null),
      pdf: z.boolean().default(false),
    }),
    offlineStatementSchema,
  ),
  reportRefusal: command(
    'Count something that the page itself stopped: an address beyond its host, a script, a way out',
    z.strictObject({ kind: z.enum(PAGE_REFUSAL_KINDS), what: z.string().max(300) }),
    noInput,
  ),
  settings: query('Settings of this user', noInput, settingsSchema),
  changeSettings: command('Change settings of this user', settingsSchema, settingsSchema),
  providers: query('What this machine can compute with, as trials have shown it', noInput, providersSchema),
  tryProvider: command(
    'Try an execution provider in a process of its own: whether its numbers are the processor’s, and how fast it is',
    z.strictObject({ provider: providerSchema }),
    providersSchema,
  ),
  stopTryingProvider: command('End the trial of a provider', noInput, noInput),
  translationPack: query(
    'The installed translation pack, for back-translation; null without one',
    noInput,
    z.nullable(packInfoSchema),
  ),
  importTranslationPack: command(
    'Install a translation pack from files on disk (pack.json, a licence, and encoder, decoder, tokenizer and config of zh-en and en-zh), once checksums and every model are checked. Nothing is fetched',
    z.strictObject({
      files: z.array(z.strictObject({ path: packPathSchema, sourceId: z.string() })).max(64),
    }),
    packInfoSchema,
  ),
  removeTranslationPack: command('Delete the installed translation pack', noInput, noInput),
  guide: query('How far this user has come with tour and explanations', noInput, guideSchema),
  changeGuide: command('Remember how far this user has come with tour and explanations', guideSchema, guideSchema),
  recentProjects: query('Projects opened before, newest first', noInput, z.array(recentProjectSchema)),
  createProject: command(
    'Create a project file and open it',
    z.strictObject({
      name: z.string().min(1).max(200),
      customer: z.string().max(200),
      period: z.string().max(100),
      /** File name or path; null: made from the name, in the projects folder. */
      path: z.nullable(z.string().max(4096)),
      /** Encrypts the file. There is no way to read it without. Null: not encrypted. */
      password: z.nullable(newPasswordSchema).default(null),
    }),
    openedSchema,
  ),
  openProject: command(
    'Open a project file',
    z.strictObject({
      path: z.string().max(4096),
      password: z.nullable(passwordSchema).default(null),
      /** Change nothing in it and beside it, even where that could be done. */
      readOnly: z.boolean().default(false),
    }),
    openedSchema,
  ),
  openSample: command(
    'Open a fresh copy of the sample project in a language',
    z.strictObject({ language: z.enum(['zh-CN', 'en']) }),
    openedSchema,
  ),
  playSampleRest: command(
    'Play the rest of the sample: fine-tuning, tests, package, pilot, service and report; goes on where it stopped',
    byProject,
    sampleProgressSchema,
  ),
  stopSampleRest: command('Stop the rest of the sample after the step under way', byProject, sampleProgressSchema),
  sampleRest: query('How far the rest of the sample has come', byProject, sampleProgressSchema),
  /** Whoever sits at the screen says so now and then; requests that a screen repeats by itself do not count. */
  noteActivity: command('Put off the automatic lock', byProject, noInput),
  lockProject: command('Ask for the password of an encrypted project again', byProject, noInput),
  unlockProject: command(
    'Go on with a locked project',
    z.strictObject({ projectId: z.string(), password: passwordSchema }),
    openedSchema,
  ),
  changePassword: command(
    'Set, change or remove the password of an open project',
    z.strictObject({
      projectId: z.string(),
      /** Null: it is not encrypted. */
      current: z.nullable(passwordSchema),
      /** Null: no longer encrypted. */
      next: z.nullable(newPasswordSchema),
    }),
    z.strictObject({
      /** Whether the readable original was overwritten before it went; null where the original was encrypted. */
      originalOverwritten: z.nullable(z.boolean()),
    }),
  ),
  closeProject: command('Close a project and free its file', byProject, noInput),
  listFolder: query(
    'Project files in the projects folder',
    noInput,
    z.array(z.strictObject({ path: z.string(), name: z.string(), bytes: z.number(), modifiedAt: z.string() })),
  ),
});
