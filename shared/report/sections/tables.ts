import type { ArtifactInfo } from '../../contract/artifact.ts';
import { formatNumber, formatShare, formatShort } from '../../i18n/number.ts';
import { recommendedModel } from '../../stages/adaptation/tables/recommend-model.ts';
import {
  type Fairness,
  type TableModelResult,
  type TableResult,
  tableResultSchema,
} from '../../stages/adaptation/tables/results.ts';
import { binText, columnWords, noticeText, pText } from '../../stages/adaptation/tables/words.ts';
import type { Basis, Block, Cell } from '../blocks.ts';
import { count, plain, points, share } from '../cells.ts';
import { whiskerChart } from '../charts/whisker-chart.ts';
import type { SectionReader } from '../input.ts';
import { left, right } from './section.ts';

const KEY = 'stage.adaptation.screen.table';
const MOST_COLUMNS = 12;
const VERDICT_TONE = { passed: 'good', failed: 'failed', unclear: 'attention', 'no-verdict': 'plain' } as const;

/** Scored tables: how well each model predicts, what matters, the card to print, and how groups are treated. */
export function writeTables(reader: SectionReader): readonly Block[] {
  return reader
    .views('adaptation.table', tableResultSchema)
    .flatMap(({ artifact, result }) => tableBlocks(reader, artifact, result));
}

function tableBlocks(reader: SectionReader, artifact: ArtifactInfo, result: TableResult): readonly Block[] {
  const { t } = reader;
  const best = recommendedModel(result);
  const params = {
    folds: result.folds,
    repeats: result.repeats,
    draws: formatNumber(result.resamples),
    missed: formatShort(result.costs.missed),
    falseAlarm: formatShort(result.costs.falseAlarm),
    threshold: formatShare(best.evaluation.cost.threshold, 1),
  };
  const basis = (method: string): Basis => ({
    n: t('stamp.n', { count: result.rows }),
    interval: '95 %',
    method,
    sources: [artifact],
  });
  const { auc } = best.evaluation;
  return [
    { type: 'heading', text: result.name },
    {
      type: 'answer',
      items: [
        {
          text: t(`${KEY}.answer.sentence`, {
            model: t(`${KEY}.model.${best.model}`),
            outcome: columnWords(result.outcome.name),
            event: result.outcome.eventValue,
            auc: formatShare(auc.value, 1),
            low: formatNumber(auc.low * 100, 1),
            high: formatNumber(auc.high * 100, 1),
          }),
          source: artifact,
        },
      ],
    },
    ...result.notices
      .filter(({ severity }) => severity !== 'info')
      .map((notice): Block => ({ type: 'note', tone: 'attention', text: noticeText(t, notice) })),
    modelsTable(
      reader,
      result,
      basis([t(`${KEY}.answer.method.auc`, params), t(`${KEY}.answer.method.cost`, params)].join(' ')),
    ),
    ...comparisonsTable(reader, result, basis(t(`${KEY}.answer.comparisons`))),
    importanceChart(reader, result, best, basis),
    ...(best.fairness === null ? [] : fairnessBlocks(reader, best, best.fairness, result, artifact)),
    ...cardTable(reader, result, basis(t(`${KEY}.card.note`))),
  ];
}

function modelsTable({ t }: SectionReader, { models, majority, name }: TableResult, basis: Basis): Block {
  const figures = ['auc', 'ks', 'brier', 'calibration', 'cost'] as const;
  return {
    type: 'table',
    caption: name,
    columns: [
      left(t(`${KEY}.answer.columns.model`)),
      ...figures.map((figure) => right(t(`${KEY}.answer.columns.${figure}`))),
    ],
    rows: [
      ...models.map(({ model, evaluation: { auc, ks, brier, calibrationError, cost } }): readonly Cell[] => [
        t(`${KEY}.model.${model}`),
        share(auc.value, { interval: auc }),
        share(ks.value, { interval: ks }),
        plain(brier.value, { interval: brier, decimals: 3 }),
        share(calibrationError.value, { interval: calibrationError }),
        plain(cost.perCase.value, { interval: cost.perCase, decimals: 2 }),
      ]),
      [
        t(`${KEY}.answer.majority`),
        share(majority.auc),
        '—',
        plain(majority.brier, { decimals: 3 }),
        '—',
        plain(majority.costPerCase, { decimals: 2 }),
      ],
    ],
    basis,
  };
}

function comparisonsTable({ t }: SectionReader, { comparisons }: TableResult, basis: Basis): readonly Block[] {
  if (comparisons.length === 0) return [];
  return [
    {
      type: 'table',
      caption: t(`${KEY}.answer.comparisons`),
      columns: [left(t(`${KEY}.answer.columns.model`)), right(t(`${KEY}.answer.columns.auc`)), right('p')],
      rows: comparisons.map(({ first, second, difference, adjustedP }): readonly Cell[] => [
        t(`${KEY}.answer.difference`, {
          first: t(`${KEY}.model.${first}`),
          second: t(`${KEY}.model.${second}`),
        }),
        points(difference.value, { interval: difference }),
        pText(t, adjustedP),
      ]),
      basis,
    },
  ];
}

function importanceChart(
  { t }: SectionReader,
  result: TableResult,
  { model, importance }: TableModelResult,
  basis: (method: string) => Basis,
): Block {
  const title = `${t(`${KEY}.importance.title`)} · ${t(`${KEY}.model.${model}`)}`;
  return {
    type: 'chart',
    caption: title,
    svg: whiskerChart({
      title,
      axis: t(`${KEY}.importance.axis`),
      formatTick: (value) => formatNumber(value, 1),
      include: [0],
      points: importance.slice(0, MOST_COLUMNS).map(({ name, value, low, high }) => ({
        name: columnWords(name),
        value,
        low,
        high,
        text: `${formatNumber(value, 2)} [${formatNumber(low, 2)}, ${formatNumber(high, 2)}]`,
      })),
    }),
    basis: basis(
      t(`${KEY}.importance.method`, {
        fits: result.folds * result.repeats,
        how: t(`${KEY}.importance.${model === 'mlp' ? 'shapley' : 'linear'}`),
      }),
    ),
  };
}

function fairnessBlocks(
  { t }: SectionReader,
  { model }: TableModelResult,
  fairness: Fairness,
  { rows, resamples }: TableResult,
  artifact: ArtifactInfo,
): readonly Block[] {
  const ratio = fairness.parityRatio;
  const basis: Basis = {
    n: t('stamp.n', { count: rows }),
    interval: '95 %',
    method: t(`${KEY}.fairness.method`, { draws: formatNumber(resamples) }),
    sources: [artifact],
  };
  return [
    {
      type: 'table',
      caption: `${t(`${KEY}.fairness.title`)} · ${columnWords(fairness.columnName)} · ${t(`${KEY}.model.${model}`)}`,
      columns: [
        left(t(`${KEY}.fairness.group`)),
        right(t(`${KEY}.fairness.rows`)),
        right(t(`${KEY}.fairness.favourable`)),
        right(t(`${KEY}.fairness.truePositive`)),
        right(t(`${KEY}.fairness.falsePositive`)),
        right(t(`${KEY}.fairness.gap`)),
      ],
      rows: fairness.groups.map(
        ({ group, rows: n, favourable, truePositive, falsePositive, calibrationGap, judged }) => [
          judged ? group : `${group} (${t(`${KEY}.fairness.small`)})`,
          count(n),
          share(favourable.value, { interval: favourable }),
          share(truePositive?.value ?? null, { interval: truePositive }),
          share(falsePositive?.value ?? null, { interval: falsePositive }),
          points(calibrationGap.value, { interval: calibrationGap }),
        ],
      ),
      basis,
    },
    {
      type: 'facts',
      items: [
        {
          name: t(`${KEY}.fairness.parityRatio`),
          value: share(ratio?.value ?? null, { interval: ratio }),
        },
        {
          name: t(`${KEY}.fairness.oddsDifference`),
          value: points(fairness.oddsDifference?.value ?? null, { interval: fairness.oddsDifference }),
        },
        {
          name: t(`${KEY}.fairness.title`),
          value: { tag: t(`${KEY}.fairness.verdict.${fairness.verdict}`), tone: VERDICT_TONE[fairness.verdict] },
        },
      ],
      basis: { ...basis, method: t(`${KEY}.fairness.note`) },
    },
  ];
}

/** Every bin with its points; the name of a characteristic stands in its first row. */
function cardTable({ t }: SectionReader, { scorecard, outcome }: TableResult, basis: Basis): readonly Block[] {
  if (scorecard === null) return [];
  const { baseScore, baseOdds, pointsToDouble } = scorecard.scale;
  return [
    {
      type: 'paragraph',
      text: t(`${KEY}.card.lead`, {
        base: formatNumber(baseScore),
        odds: formatShort(baseOdds),
        double: formatShort(pointsToDouble),
      }),
    },
    {
      type: 'table',
      caption: t(`${KEY}.card.title`),
      columns: [
        left(t(`${KEY}.card.characteristic`)),
        left(t(`${KEY}.card.bin`)),
        right(t(`${KEY}.card.points`)),
        right(t(`${KEY}.card.rows`)),
        right(t(`${KEY}.card.events`, { event: outcome.eventValue })),
        right(t(`${KEY}.card.woe`)),
        right(t(`${KEY}.card.iv`)),
      ],
      rows: scorecard.characteristics
        .filter(({ used }) => used)
        .flatMap(({ name, iv, band, bins }) =>
          bins.map((bin, at): readonly Cell[] => [
            at > 0 ? '' : `${columnWords(name)} (IV ${formatNumber(iv, 3)}, ${t(`${KEY}.card.band.${band}`)})`,
            binText(t, bin.bin),
            plain(bin.points, { decimals: 0 }),
            count(bin.rows),
            count(bin.events),
            plain(bin.woe, { decimals: 3 }),
            plain(bin.iv, { decimals: 3 }),
          ]),
        ),
      basis,
    },
  ];
}
