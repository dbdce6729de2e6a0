import type { z } from 'zod';
import type { Translate } from '../../shared/i18n/translate.ts';
import { DEFAULT_SEED_COUNT, seedCountSchema, USUAL_SEEDS } from '../../shared/stages/competitiveness/seeds.ts';
import { CONTINUAL } from '../../shared/train/continual-config.ts';
import { CONTRASTIVE } from '../../shared/train/contrastive-config.ts';
import { METHOD_FIELD_TEXTS, type MethodField, OPTION_TEXTS } from '../../shared/train/option-texts.ts';
import { ADVERSARIES, DEFAULT_EFFECTIVE_BETA } from '../../shared/train/robustness-config.ts';
import {
  learningRateFor,
  type RunConfig,
  runConfigDraftSchema,
  runConfigSchema,
  USUAL_SETTINGS,
} from '../../shared/train/run-config.ts';
import { METHOD_TYPES, type Method, usualMethod } from '../../shared/train/usual-method.ts';
import { DEFAULT_SEED } from '../engine/context.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What is taken where an option is left out, whatever the data and the encoder. */
const DEFAULTS: Readonly<Partial<Record<keyof RunConfig, unknown>>> = {
  ...USUAL_SETTINGS,
  seed: DEFAULT_SEED,
  effectiveNumberBeta: DEFAULT_EFFECTIVE_BETA,
};
/** What data and machine decide (`suggestConfig`). */
const SUGGESTED: ReadonlySet<string> = new Set<keyof RunConfig>([
  'method',
  'epochs',
  'batchSize',
  'maxLength',
  'learningRate',
  'classWeights',
]);
/** What a screen begins with once an option is chosen. */
const EXAMPLES: Readonly<Partial<Record<keyof RunConfig, readonly unknown[]>>> = {
  adversary: Object.values(ADVERSARIES),
  contrastive: [CONTRASTIVE],
  continual: [CONTINUAL],
};

/** Tells, where a JSON Schema is that of a number of seeds, what they are for and how many are taken where it is left out. */
export function describeSeeds(t: Translate, zodSchema: z.core.$ZodType, schema: JsonSchema): void {
  if (zodSchema !== seedCountSchema) return;
  schema.title = t('training.seeds.count');
  schema.description = t('training.seeds.countHint', { usual: USUAL_SEEDS });
  schema.default = DEFAULT_SEED_COUNT;
}

/** Tells, where a JSON Schema is that of a recipe, when each option is worth touching and what it is where left out: of a whole recipe only extras can be. */
export function describeRecipe(t: Translate, zodSchema: z.core.$ZodType, schema: JsonSchema): void {
  const isDraft = zodSchema === runConfigDraftSchema;
  if (!isDraft && zodSchema !== runConfigSchema) return;
  for (const [option, { name, when }] of Object.entries(OPTION_TEXTS)) {
    const found = propertyOf(schema, option);
    if (found === null) continue;
    const words = t(when, { rounds: CONTRASTIVE.rounds });
    const setting = DEFAULTS[option as keyof RunConfig];
    const examples = EXAMPLES[option as keyof RunConfig];
    found.title = t(name);
    found.description = words;
    if (setting !== undefined) {
      if (isDraft) found.default = setting as JsonSchema['default'];
    } else if (!SUGGESTED.has(option)) found.description = t('training.described.off', { when: words });
    else if (isDraft) found.description = t('training.described.suggested', { when: words });
    if (examples !== undefined) found.examples = [...examples];
  }
  const method = propertyOf(schema, 'method');
  for (const form of (method?.oneOf ?? method?.anyOf ?? []) as JsonSchema[]) {
    const type = METHOD_TYPES.find((known) => propertyOf(form, 'type')?.const === known);
    if (type !== undefined) describeMethod(t, type, form, isDraft);
  }
}

function describeMethod(t: Translate, type: Method['type'], form: JsonSchema, isDraft: boolean): void {
  form.title = t(`stage.competitiveness.screen.models.methods.${type}`);
  form.description = t('training.described.method', {
    what: t(`stage.competitiveness.screen.models.methodWhat.${type}`),
    rate: String(learningRateFor(type)),
  });
  // How many layers stay depends on the encoder.
  const { layers: _, ...usual } = { layers: null, ...usualMethod(type, 1) };
  for (const [field, { name, when }] of Object.entries(METHOD_FIELD_TEXTS)) {
    const found = propertyOf(form, field);
    if (found === null) continue;
    const value = usual[field as Exclude<MethodField, 'layers'> & keyof typeof usual];
    found.title = t(name);
    found.description = t(when);
    if (isDraft && value !== undefined) found.default = value;
  }
}

function propertyOf(schema: JsonSchema, name: string): JsonSchema | null {
  const found = schema.properties?.[name];
  return typeof found === 'object' ? found : null;
}
