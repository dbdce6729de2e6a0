import { z } from 'zod';

/** Kinds of requests that were seen and refused: what the page tried, then what came from elsewhere. */
export const REFUSAL_KINDS = [
  /** The page tried to reach an address beyond its host. */
  'page-address',
  /** Text that would have run as a script in the page: `eval`, an inline script. */
  'page-script',
  /** The page tried to go to another address or to open a window. */
  'page-navigation',
  /** The page asked for a camera, a location or another right. */
  'page-permission',
  /** A name that was rebound to this machine. */
  'foreign-name',
  /** A request that another page sent. */
  'foreign-page',
  /** A message from something that is not the page of this window. */
  'foreign-sender',
  /** Without the secret of this launch, or with another one. */
  'no-token',
  /** A request that the contract does not know, or one that is not formed as such. */
  'unknown-request',
  'too-large',
] as const;
export type RefusalKind = (typeof REFUSAL_KINDS)[number];

/** What a compromised page can do wrong, which only the page itself sees. */
export const PAGE_REFUSAL_KINDS = ['page-address', 'page-script', 'page-navigation'] as const;

/** What keeps data in, one line each; a host lists those that hold for it. */
const LAYER_IDS = [
  'page-policy',
  'page-guard',
  'loopback-only',
  'no-listener',
  'no-port',
  'foreign-name',
  'foreign-page',
  'launch-token',
  'nothing-kept',
  'window-requests',
  'window-resolver',
  'window-session',
  'window-navigation',
  'window-permissions',
  'window-sandbox',
  'window-messages',
  'window-printing',
  'telemetry-off',
  'child-environment',
  'print-browser',
  'no-outgoing-code',
  'no-updater',
] as const;

/** `running`: read from the running program. `build`: a property of the code, which its tests hold. */
const layerSchema = z.strictObject({
  id: z.enum(LAYER_IDS),
  basis: z.enum(['running', 'build']),
  /** What was read, as the program has it; null where there is nothing to read. */
  value: z.nullable(z.string()),
});
export type Layer = z.output<typeof layerSchema>;

/** What a host tried on itself at this start. */
const CHECK_IDS = [
  'page-policy',
  'loopback-only',
  'foreign-name',
  'foreign-page',
  'no-token',
  'window-session',
  'window-resolver',
  'telemetry-off',
  'runtime-version',
  'sockets',
] as const;

const startCheckSchema = z.strictObject({
  id: z.enum(CHECK_IDS),
  at: z.string(),
  passed: z.boolean(),
  /** What was found, as the program has it. */
  found: z.string(),
});
export type StartCheck = z.output<typeof startCheckSchema>;

const refusalSchema = z.strictObject({ at: z.string(), kind: z.enum(REFUSAL_KINDS), what: z.string() });
export type Refusal = z.output<typeof refusalSchema>;

const refusedSchema = z.strictObject({
  total: z.int(),
  /** Kinds that occurred. */
  byKind: z.array(z.strictObject({ kind: z.enum(REFUSAL_KINDS), count: z.int() })),
  /** The newest first. */
  last: z.array(refusalSchema),
});
export type RefusedRequests = z.output<typeof refusedSchema>;

/** Network sockets that the processes of the program have open. */
const socketsSchema = z.strictObject({
  processes: z.int(),
  listening: z.array(z.string()),
  /** Both ends on this machine. */
  local: z.int(),
  /** Every socket with an end elsewhere; none where the program is offline. */
  foreign: z.array(z.string()),
});
export type Sockets = z.output<typeof socketsSchema>;

export const STORED_IDS = [
  'settings',
  'recent',
  'log',
  'projects',
  'uploads',
  'redirect',
  'window',
  'project',
  'spool',
  'exports',
] as const;
export type StoredId = (typeof STORED_IDS)[number];

const storedSchema = z.strictObject({ id: z.enum(STORED_IDS), path: z.string(), files: z.int(), bytes: z.number() });
export type Stored = z.output<typeof storedSchema>;

export const OUTSIDE_IDS = ['system', 'browser', 'copies', 'people'] as const;
export type OutsideId = (typeof OUTSIDE_IDS)[number];

export const offlineFactsSchema = z.strictObject({
  readAt: z.string(),
  startedAt: z.string(),
  version: z.string(),
  buildHash: z.string(),
  platform: z.string(),
  host: z.enum(['loopback', 'cli', 'electron']),
  /** Process ids, for whoever looks with a tool of the system. */
  pid: z.int(),
  layers: z.array(layerSchema),
  checks: z.array(startCheckSchema),
  /** Null where this system does not let the program read them. */
  sockets: z.nullable(socketsSchema),
  refused: refusedSchema,
  stored: z.array(storedSchema),
  /** What the program cannot know or prevent. */
  outside: z.array(z.enum(OUTSIDE_IDS)),
});
export type OfflineFacts = z.output<typeof offlineFactsSchema>;

const nativeFileSchema = z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string() });
export type NativeFile = z.output<typeof nativeFileSchema>;

const statedProjectSchema = z.strictObject({
  name: z.string(),
  customer: z.string(),
  path: z.string(),
  encrypted: z.boolean(),
  auditEntries: z.int(),
  auditIntact: z.boolean(),
});
export type StatedProject = z.output<typeof statedProjectSchema>;

export const offlineStatementSchema = z.strictObject({
  facts: offlineFactsSchema,
  project: z.nullable(statedProjectSchema),
  /** Native code that this machine loads. */
  binaries: z.array(nativeFileSchema),
  fileName: z.string(),
  html: z.string(),
  /** SHA-256 of the HTML in which these 64 digits are zeros. */
  checksum: z.string(),
  /** Null where it was not asked for or could not be printed. */
  pdf: z.nullable(z.strictObject({ fileName: z.string(), base64: z.string() })),
  pdfProblem: z.nullable(z.enum(['no-browser', 'timed-out', 'browser-failed'])),
});
export type OfflineStatement = z.output<typeof offlineStatementSchema>;
