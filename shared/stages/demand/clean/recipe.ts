import { z } from 'zod';
import { LANGUAGES } from './language.ts';
import { PRESET_MISSING_CODES } from './missing-codes.ts';
import { PERSONAL_DATA_KINDS } from './personal-data.ts';

/** The steps in the order in which they run. Out-of-range scores come right after missing codes, since they are missing too;
 *  personal data is masked last, so that two texts that differ in it alone are still told apart. */
export const CLEANING_STEPS = [
  'normalise',
  'missingCodes',
  'outOfRange',
  'emptyRows',
  'exactDuplicates',
  'nearDuplicates',
  'straightLiners',
  'languageFilter',
  'personalData',
] as const;
export type CleaningStepId = (typeof CLEANING_STEPS)[number];

/** How a dataset is cleaned: each step can be switched off, the raw rows stay as they are. */
export const recipeSchema = z.strictObject({
  version: z.literal(1),
  /** Outer and repeated spaces, control characters, full-width forms (NFKC). */
  normalise: z.strictObject({ enabled: z.boolean() }),
  missingCodes: z.strictObject({ enabled: z.boolean(), codes: z.array(z.string().max(100)).max(200) }),
  outOfRange: z.strictObject({ enabled: z.boolean() }),
  emptyRows: z.strictObject({ enabled: z.boolean() }),
  /** `acrossRespondents`: where a respondent column exists, the same text of two respondents counts as a duplicate too. */
  exactDuplicates: z.strictObject({ enabled: z.boolean(), acrossRespondents: z.boolean() }),
  nearDuplicates: z.strictObject({
    enabled: z.boolean(),
    acrossRespondents: z.boolean(),
    /** Least Jaccard similarity. */
    threshold: z.number().min(0.5).max(1),
  }),
  straightLiners: z.strictObject({ enabled: z.boolean(), minItems: z.number().int().min(3).max(1_000) }),
  languageFilter: z.strictObject({ enabled: z.boolean(), keep: z.array(z.enum(LANGUAGES)).min(1) }),
  personalData: z.strictObject({ enabled: z.boolean(), kinds: z.array(z.enum(PERSONAL_DATA_KINDS)).min(1) }),
});
export type Recipe = z.output<typeof recipeSchema>;

export const defaultRecipe: Recipe = {
  version: 1,
  normalise: { enabled: true },
  missingCodes: { enabled: true, codes: [...PRESET_MISSING_CODES] },
  outOfRange: { enabled: true },
  emptyRows: { enabled: true },
  exactDuplicates: { enabled: true, acrossRespondents: false },
  nearDuplicates: { enabled: true, acrossRespondents: false, threshold: 0.9 },
  straightLiners: { enabled: false, minItems: 5 },
  languageFilter: { enabled: false, keep: ['zh', 'en', 'none'] },
  personalData: { enabled: false, kinds: [...PERSONAL_DATA_KINDS] },
};
