import type { ArtifactInfo, ArtifactView } from '../../contract/artifact.ts';
import { formatNumber, formatShort } from '../../i18n/number.ts';
import { LIMIT_RULES } from '../../stages/adaptation/limits.ts';
import {
  type AdaptedModel,
  adaptedModelSchema,
  choiceSchema,
  type RecipeResult,
  recipeResultSchema,
  scenarioDataSchema,
  scenarioResultSchema,
} from '../../stages/adaptation/results.ts';
import { needsResultSchema } from '../../stages/demand/results.ts';
import type { Block, Cell, NumberCell } from '../blocks.ts';
import { count, plain, points, share } from '../cells.ts';
import type { SectionReader } from '../input.ts';
import { compressionTable } from './experiments.ts';
import { idAndName, left, right, sentences } from './section.ts';
import { writeSeeds } from './seeds.ts';
import { faithfulnessTable } from './trust.ts';

/** Names of needs as f1 has them now. */
export function needNames({ view }: SectionReader): ReadonlyMap<string, string> {
  const needs = view('demand.needs', needsResultSchema)?.result.needs ?? [];
  return new Map(needs.map(({ id, name }) => [id, name]));
}

/** Names of scenarios by id. */
export function scenarioNames({ views }: SectionReader): ReadonlyMap<string, string> {
  return new Map(
    views('adaptation.scenario', scenarioResultSchema).map(({ result }) => [result.id, result.scenario.name]),
  );
}

export function inUnit(
  value: number | null,
  unit: 'share' | 'milliseconds' | 'megabytes',
  source?: ArtifactInfo,
): NumberCell {
  const from = source === undefined ? {} : { source };
  if (unit === 'share') return share(value, from);
  return plain(value, { unit: unit === 'milliseconds' ? 'ms' : 'MB', ...from });
}

/** Scenario cards with their limits, and the rows that they took. */
export function writeScenarios(reader: SectionReader): readonly Block[] {
  const { t, views } = reader;
  const key = 'report.trials.scenario';
  const scenarios = views('adaptation.scenario', scenarioResultSchema);
  const data = views('adaptation.data', scenarioDataSchema);
  const [first, ...others] = scenarios.map(({ artifact }) => artifact);
  const [firstData, ...otherData] = data.map(({ artifact }) => artifact);
  const needs = needNames(reader);
  const names = scenarioNames(reader);
  const separator = t('list.separator');
  return [
    ...(first === undefined
      ? []
      : [
          {
            type: 'table',
            caption: t(`${key}.caption`),
            columns: [
              left(t(`${key}.name`)),
              left(t(`${key}.template`)),
              left(t(`${key}.users`)),
              right(t(`${key}.volume`)),
              right(t(`${key}.limits`)),
              left(t(`${key}.needs`)),
            ],
            rows: scenarios.map(({ artifact: source, result: { id, scenario } }): readonly Cell[] => [
              `${id} ${scenario.name}`,
              t(`stage.adaptation.screen.template.${scenario.templateId}.name`),
              [scenario.users, scenario.inputs].filter((text) => text !== '').join(' · '),
              count(scenario.volumePerDay, { source }),
              count(scenario.limits.length, { source }),
              scenario.needIds.map((need) => needs.get(need) ?? need).join(separator),
            ]),
            basis: {
              n: t(`${key}.count`, { count: scenarios.length }),
              interval: t('report.sheet.intervalDecided'),
              method: t(`${key}.method`),
              sources: [first, ...others],
            },
          } satisfies Block,
        ]),
    ...scenarios.map(
      ({ artifact, result: { scenario } }): Block => ({
        type: 'table',
        caption: t(`${key}.limitCaption`, { scenario: scenario.name }),
        columns: [left(t(`${key}.limit`)), right(t(`${key}.value`)), left(t(`${key}.origin`))],
        rows: scenario.limits.map(({ test, needId, value, origin }): readonly Cell[] => [
          t(`stage.adaptation.screen.limit.${test}`, { need: needId === null ? '' : (needs.get(needId) ?? needId) }),
          withSide(
            inUnit(value, LIMIT_RULES[test].unit),
            t(`stage.adaptation.screen.limitSide.${LIMIT_RULES[test].direction}`),
          ),
          t(`stage.adaptation.screen.origin.${origin.type}`, {
            need: origin.type === 'need' ? (needs.get(origin.needId) ?? origin.needId) : '',
            target: origin.type === 'target' ? t(`stage.adaptation.screen.target.${origin.target}`) : '',
          }),
        ]),
        basis: {
          n: null,
          interval: t('report.sheet.intervalDecided'),
          method: t(`${key}.method`),
          sources: [artifact],
        },
      }),
    ),
    ...(firstData === undefined
      ? []
      : [
          {
            type: 'table',
            caption: t(`${key}.data`),
            columns: [
              left(t(`${key}.name`)),
              right(t(`${key}.classes`)),
              right(t(`${key}.train`)),
              right(t(`${key}.dev`)),
              right(t(`${key}.test`)),
            ],
            rows: data.map(({ artifact: source, result }): readonly Cell[] => [
              names.get(result.scenarioId) ?? result.scenarioId,
              count(result.classes.length, { source }),
              count(result.train, { source }),
              count(result.dev, { source }),
              count(result.test, { source }),
            ]),
            basis: {
              n: t(`${key}.rows`, { count: data.reduce((sum, { result }) => sum + result.rows, 0) }),
              interval: t('report.sheet.intervalCount'),
              method: t(`${key}.dataMethod`),
              sources: [firstData, ...otherData],
            },
          } satisfies Block,
        ]),
  ];
}

/** A bound with the side on which a value passes. */
export function withSide(cell: NumberCell, side: string): NumberCell {
  return { ...cell, text: `${side} ${cell.text}` };
}

/** Recommended ways to adapt, and the models that came of them. */
export function writeRecipes(reader: SectionReader): readonly Block[] {
  const { t, views } = reader;
  const names = scenarioNames(reader);
  const models = views('adaptation.model', adaptedModelSchema);
  const [first, ...others] = models.map(({ artifact }) => artifact);
  return [
    ...views('adaptation.recipe', recipeResultSchema).flatMap(({ artifact, result }) =>
      recipeBlocks(reader, artifact, result, names.get(result.scenarioId) ?? result.scenarioId),
    ),
    ...(first === undefined
      ? []
      : [
          {
            type: 'table',
            caption: t('report.trials.recipe.models'),
            columns: [
              left(t('report.trials.matrix.model')),
              left(t('report.trials.scenario.name')),
              left(t('report.trials.recipe.recipe')),
              right(t('stage.competitiveness.screen.models.accuracy')),
              right(t('report.trials.recipe.coverage')),
              right(t('report.trials.recipe.forgetting')),
            ],
            rows: models.map(({ artifact: source, result }): readonly Cell[] => [
              idAndName(result.id, result.name),
              names.get(result.scenarioId) ?? result.scenarioId,
              wayOf(reader, result),
              share(result.test.accuracy.value, { interval: result.test.accuracy, source }),
              share(result.reject === null ? 1 : result.reject.test.coverage.value, {
                interval: result.reject?.test.coverage ?? null,
                source,
              }),
              result.forgetting === null
                ? '—'
                : points(result.forgetting.difference.value, { interval: result.forgetting.difference, source }),
            ]),
            basis: {
              n: t('report.trials.tests.rows', {
                count: models.reduce((sum, { result }) => sum + result.test.rows, 0),
              }),
              interval: t('report.stages.competitiveness.accuracyInterval', {
                resamples: models[0]?.result.test.resamples ?? 0,
              }),
              method: t('report.trials.recipe.forgettingMethod'),
              sources: [first, ...others],
            },
          } satisfies Block,
        ]),
    // Seeds of one scenario were measured on the same test rows.
    ...[...new Set(models.map(({ result }) => result.scenarioId))].flatMap((scenarioId) =>
      writeSeeds(
        reader,
        models.filter(({ result }) => result.scenarioId === scenarioId),
      ),
    ),
    ...compressionTable(
      reader,
      models.filter(({ result }) => result.compression !== null),
    ),
    ...faithfulnessTable(reader, 'adaptation'),
    ...historyBlocks(reader, models),
  ];
}

/** The recipe of a model, and how it was made smaller. */
function wayOf({ t }: SectionReader, { recipe, compression }: AdaptedModel): string {
  const way = t(`stage.adaptation.screen.recipe.${recipe}`);
  if (compression === null) return way;
  return `${way} · ${t(`stage.competitiveness.screen.compression.techniques.${compression.technique}`)}`;
}

/** What each training of a chain kept; one table for each chain that goes on no further. */
function historyBlocks({ t }: SectionReader, models: readonly ArtifactView<AdaptedModel>[]): readonly Block[] {
  const key = 'stage.adaptation.screen.history';
  const sources = new Set(models.map(({ result }) => result.sourceId));
  return models.flatMap(({ artifact: source, result: { id, history } }): readonly Block[] => {
    if (history === null || sources.has(id)) return [];
    const { trainings, accuracy, average, backwardTransfer, forgetting, resamples } = history;
    const summary = (name: 'average' | 'backwardTransfer' | 'forgetting', cell: NumberCell): readonly Cell[] => [
      t(`${key}.${name}`),
      ...trainings.slice(1).map(() => ''),
      cell,
    ];
    return [
      {
        type: 'table',
        caption: `${t(`${key}.title`)}: ${id}`,
        columns: [
          left(t(`${key}.after`)),
          ...trainings.map((task) => right(t(`${key}.task`, { id: task.id, rows: task.rows }))),
        ],
        rows: [
          ...trainings.map((training, i): readonly Cell[] => [
            idAndName(training.id, training.name),
            ...trainings.map((_, j) => {
              const cell = accuracy[i]?.[j] ?? null;
              return cell === null ? '—' : share(cell.value, { interval: cell, source });
            }),
          ]),
          summary('average', share(average?.value ?? null, { interval: average, source })),
          summary('backwardTransfer', points(backwardTransfer?.value ?? null, { interval: backwardTransfer, source })),
          summary('forgetting', points(forgetting?.value ?? null, { interval: forgetting, source })),
        ],
        basis: {
          n: t('report.trials.tests.rows', { count: trainings.reduce((sum, { rows }) => sum + rows, 0) }),
          interval: t(`${key}.backwardTransferMethod`, { resamples }),
          method: t(`${key}.cellMethod`),
          sources: [source],
        },
      },
    ];
  });
}

function recipeBlocks(
  { t }: SectionReader,
  artifact: ArtifactInfo,
  result: RecipeResult,
  scenario: string,
): readonly Block[] {
  const key = 'report.trials.recipe';
  const { distance } = result;
  return [
    {
      type: 'answer',
      items: [
        {
          text: t(`${key}.recommended`, {
            recipe: t(`stage.adaptation.screen.recipe.${result.recommended}`),
            source: idAndName(result.sourceId, result.sourceName),
            reasons: sentences(
              t,
              result.reasons.map((code) => t(`stage.adaptation.screen.code.${code}`)),
            ),
          }),
          source: artifact,
        },
        ...(distance === null
          ? []
          : [
              {
                text: t(`${key}.distance`, {
                  auc: formatNumber(distance.auc, 2),
                  low: formatNumber(distance.bandLow, 2),
                  high: formatNumber(distance.bandHigh, 2),
                  reading: t(`${key}.${distance.differs ? 'differs' : 'alike'}`),
                }),
                source: artifact,
              },
            ]),
      ],
    },
    {
      type: 'table',
      caption: t(`${key}.caption`, { scenario }),
      columns: [
        left(t(`${key}.recipe`)),
        left(t(`${key}.applicable`)),
        right(t(`${key}.accuracy`)),
        right(t(`${key}.cost`)),
        right(t(`${key}.human`)),
      ],
      rows: result.options.map((option): readonly Cell[] => [
        `${t(`stage.adaptation.screen.recipe.${option.recipe}`)}${option.recipe === result.recommended ? ` (${t(`${key}.chosen`)})` : ''}`,
        option.applicable
          ? { tag: t(`${key}.yes`), tone: 'good' }
          : {
              tag: `${t(`${key}.no`)}: ${sentences(
                t,
                option.codes.map((code) => t(`stage.adaptation.screen.code.${code}`)),
              )}`,
              tone: 'plain',
            },
        share(option.devAccuracy?.value ?? null, { interval: option.devAccuracy }),
        plain(option.costPerThousand),
        share(option.humanShare),
      ]),
      basis: {
        n: t(`${key}.dev`, { count: result.devRows }),
        interval: t(`${key}.interval`),
        method: t(`${key}.method`),
        sources: [artifact],
      },
    },
  ];
}

/** The models that people chose, by scenario. */
export function chosenModels({ views }: SectionReader): ReadonlyMap<string, string> {
  return new Map(
    views('adaptation.choice', choiceSchema).flatMap(({ result }) =>
      result.choices.map(({ scenarioId, modelId }) => [scenarioId, modelId] as const),
    ),
  );
}

export const costText = (cost: number): string => formatShort(cost);
