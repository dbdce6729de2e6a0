import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { errorText } from '../i18n/error-text.ts';
import { createTranslate } from '../i18n/translate.ts';
import { columnRoleSchema, scaleSchema } from '../stages/demand/import/column-role.ts';
import { loadSchema } from '../stages/landing/solution/results.ts';
import { serviceCalendarSchema } from '../stages/service/results.ts';
import { rangeSchema } from '../statistics/triangular.ts';
import { CONTINUAL } from '../train/continual-config.ts';
import { CONTRASTIVE } from '../train/contrastive-config.ts';
import { ADVERSARIES } from '../train/robustness-config.ts';
import { runConfigSchema, suggestConfig } from '../train/run-config.ts';
import { firstIssue } from './issue-reason.ts';
import { because, type Reason } from './reasons.ts';

const { config } = suggestConfig({ rowsPerClass: [25, 25], maxLength: 32, seed: 7 });
const head = { type: 'head' };
const unfrozen = { type: 'full', freezeEmbeddings: false };
const lora = { type: 'lora', rank: 4, alpha: 8, rankStabilised: false, targets: ['query'] };
const adalora = {
  type: 'adalora',
  rank: 8,
  targetRank: 4,
  alpha: 8,
  targets: ['query'],
  initialShare: 0.1,
  finalShare: 0.3,
  interval: 1,
  orthogonality: 0.1,
};
const scale = { min: 1, max: 5, direction: 'higher-better' };
const range = { low: 1, likely: 2, high: 3 };
const load = {
  textsPerDay: range,
  hoursPerDay: 8,
  daysPerYear: 250,
  peakFactor: range,
  utilisationTarget: 0.7,
  spareInstances: 1,
  logDays: 30,
  bytesPerText: 100,
  versionsKept: 2,
  reviewShare: null,
};
const calendar = { timeZoneOffsetMinutes: 480, workdays: [1], from: '09:00', to: '18:00', holidays: [] };

interface Rules {
  readonly of: string;
  readonly schema: z.ZodType;
  readonly sound: object;
  /** What changes in the sound value, where it then breaks, and why. */
  readonly breaks: readonly (readonly [object, string, Reason])[];
}

const RULES: readonly Rules[] = [
  { of: 'a range', schema: rangeSchema, sound: range, breaks: [[{ low: 4 }, '', because('range-order', {})]] },
  {
    of: 'a load',
    schema: loadSchema,
    sound: load,
    breaks: [
      [{ peakFactor: { ...range, low: 0 } }, 'peakFactor.low', because('not-over', { limit: 0 })],
      [{ reviewShare: { low: -1, likely: 0, high: 1 } }, 'reviewShare.low', because('under-least', { least: 0 })],
      [{ reviewShare: { low: 0, likely: 0, high: 2 } }, 'reviewShare.high', because('over-most', { most: 1 })],
    ],
  },
  {
    of: 'working hours',
    schema: serviceCalendarSchema,
    sound: calendar,
    breaks: [
      [{ to: calendar.from }, 'to', because('shift-length', {})],
      [{ to: '' }, 'to', because('form', { form: 'HH:MM' })],
      [{ holidays: ['1.5.'] }, 'holidays.0', because('form', { form: 'YYYY-MM-DD' })],
    ],
  },
  { of: 'a scale', schema: scaleSchema, sound: scale, breaks: [[{ max: 1 }, 'max', because('scale-order', {})]] },
  {
    of: 'a column',
    schema: columnRoleSchema,
    sound: { id: 'c0', name: 'a', role: 'text' },
    breaks: [
      [{ role: 'nps' }, 'scale', because('scale-missing', {})],
      [{ role: 'multi-choice' }, 'delimiter', because('delimiter-missing', {})],
    ],
  },
  {
    of: 'a recipe',
    schema: runConfigSchema,
    sound: config,
    breaks: [
      [{ rDrop: 1, dropout: 0 }, 'rDrop', because('r-drop-dropout', {})],
      [{ adversary: ADVERSARIES.fgm, method: head }, 'adversary', because('adversary-method', { method: 'head' })],
      [{ unfreezing: 'gradual', method: head }, 'unfreezing', because('unfreezing-method', { method: 'head' })],
      [
        { method: { ...adalora, targetRank: 12 } },
        'method',
        because('rank-order', { rank: adalora.rank, targetRank: 12 }),
      ],
      [{ method: { ...adalora, finalShare: 0.9 } }, 'method', because('rank-updates', {})],
      [{ precision: 'float16', accumulation: 2 }, 'precision', because('half-precision', { option: 'accumulation' })],
      [{ continual: { replay: CONTINUAL.replay }, batchSize: 1 }, 'continual', because('replay-batch', {})],
      [{ continual: { ewc: CONTINUAL.ewc }, method: lora }, 'continual', because('ewc-method', { method: 'lora' })],
      [{ continual: { ewc: CONTINUAL.ewc }, method: unfrozen }, 'continual', because('ewc-embeddings', {})],
      [{ contrastive: CONTRASTIVE, headStart: 'random' }, 'contrastive', because('contrastive-start', {})],
      [{ contrastive: CONTRASTIVE, batchSize: 2 }, 'contrastive', because('contrastive-batch', { least: 4 })],
    ],
  },
];

describe.each(RULES)('a rule of our own about $of', ({ schema, sound, breaks }) => {
  it.each(breaks)('says in both languages where and why %o breaks it', (change, path, problem) => {
    expect(schema.safeParse(sound).success).toBe(true);
    const found = firstIssue(schema.safeParse({ ...sound, ...change }).error!);
    expect(found).toEqual({ path, problem });
    const error = { code: 'request.invalid', params: { name: 'a', ...found } } as const;
    const [zh, en] = (['zh-CN', 'en'] as const).map((language) => errorText(createTranslate(language), error).message);
    expect(en).toMatch(/^The input “[\w.]*” was not accepted: [^\u3400-\u9fff{]+\.$/);
    expect(zh).toMatch(/[\u3400-\u9fff]{2}[^{]*。$/);
  });
});
