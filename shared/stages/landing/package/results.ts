import { z } from 'zod';
import { storageFormatSchema } from '../../../train/storage.ts';
import { appliedTemperatureSchema, estimateSchema } from '../../competitiveness/results.ts';
import { packageNoticeSchema } from './notices.ts';

/** Records of the deployment package as they stand in artifacts and cross the contract. */

const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Operating system and processor as Node names them. */
export const PACKAGE_PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64', 'win32-arm64'] as const;
export const packagePlatformSchema = z.enum(PACKAGE_PLATFORMS);
export type PackagePlatform = (typeof PACKAGE_PLATFORMS)[number];

export const packagePrecisionSchema = storageFormatSchema;
export const packageLanguageSchema = z.enum(['zh-CN', 'en']);
export type PackageLanguage = z.output<typeof packageLanguageSchema>;

const packageFileSchema = z.strictObject({ path: z.string(), bytes: count, sha256 });
export type PackageFile = z.output<typeof packageFileSchema>;

/** In the order in which the self-test runs them. */
const SELF_TESTS = ['files', 'modules', 'samples', 'health', 'predict', 'batch', 'refusal'] as const;

export const selfTestSchema = z.strictObject({
  passed: z.boolean(),
  tests: z.array(z.strictObject({ name: z.enum(SELF_TESTS), passed: z.boolean(), detail: z.string() })),
  node: z.string(),
  platform: z.string(),
  durationMs: z.number().min(0),
});
export type SelfTest = z.output<typeof selfTestSchema>;

export const packageResultSchema = z.strictObject({
  id: z.string(),
  /** As it was asked for, and the folder made from it. */
  name: z.string(),
  folder: z.string(),
  modelId: z.string(),
  modelName: z.string(),
  precision: packagePrecisionSchema,
  platform: packagePlatformSchema,
  language: packageLanguageSchema,
  labels: z.array(z.string()),
  /** Least probability of an accepted answer; null where every answer is accepted. */
  rejectBelow: z.nullable(z.number().min(0).max(1)),
  /** By which the service gives its probabilities; null where they are the model's own, as in every package built before there were any. */
  calibration: z.nullable(appliedTemperatureSchema).default(null),
  maxLength: z.int().min(2),
  samples: z.strictObject({ rows: count, correct: count, tolerance: z.number().positive() }),
  modelBytes: count,
  modelSha256: sha256,
  /** SHA-256 over the files that do not name a time: the same package again has the same. */
  contentSha256: sha256,
  files: z.array(packageFileSchema),
  totalBytes: count,
  selfTest: selfTestSchema,
  /** `MODEL_CARD.md` as it stands in the package. */
  card: z.string(),
  notices: z.array(packageNoticeSchema),
});
export type PackageResult = z.output<typeof packageResultSchema>;

export const packageCheckResultSchema = z.strictObject({
  packageId: z.string(),
  passed: z.boolean(),
  /** Files against the project's own record of them, before any of the package's code runs. */
  missing: z.array(z.string()),
  changed: z.array(z.string()),
  added: z.array(z.string()),
  /** Null where files differ: what is not as it was built is not run. */
  selfTest: z.nullable(selfTestSchema),
});
export type PackageCheckResult = z.output<typeof packageCheckResultSchema>;

/** A model that can be packed, with what is known of it. */
export const packageCandidateSchema = z.strictObject({
  modelId: z.string(),
  name: z.string(),
  kind: z.enum(['run', 'compressed', 'adapted']),
  slot: z.string(),
  precision: packagePrecisionSchema,
  language: packageLanguageSchema,
  labels: z.array(z.string()),
  accuracy: estimateSchema,
  testRows: count,
  sizeMb: z.nullable(z.number().min(0)),
  rejectBelow: z.nullable(z.number()),
  /** Whether compression stayed within its tolerance; `none` where there was nothing to accept. */
  gate: z.enum(['accepted', 'unproven', 'refused', 'none']),
  /** Verdicts of the scenario tests of stage 3 over all scenarios; null where none was run. */
  tests: z.nullable(z.strictObject({ passed: count, failed: count, unclear: count, noVerdict: count })),
  isStale: z.boolean(),
});
export type PackageCandidate = z.output<typeof packageCandidateSchema>;

export const packageOptionsSchema = z.strictObject({
  candidates: z.array(packageCandidateSchema),
  platforms: z.array(packagePlatformSchema),
  /** The platform of this machine; null where no runtime for it is here. */
  ownPlatform: z.nullable(packagePlatformSchema),
  /** Folder in which packages are laid. */
  exportsFolder: z.string(),
});
