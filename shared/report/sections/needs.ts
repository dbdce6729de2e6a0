import { formatShare } from '../../i18n/number.ts';
import { slotName } from '../../i18n/slot-name.ts';
import {
  type NeedsResult,
  needsResultSchema,
  type RequirementsResult,
  requirementsResultSchema,
} from '../../stages/demand/results.ts';
import type { Basis, Block, Cell } from '../blocks.ts';
import { count, plain, share } from '../cells.ts';
import { whiskerChart } from '../charts/whisker-chart.ts';
import type { SectionReader } from '../input.ts';
import { left, right } from './section.ts';

const QUOTED_NEEDS = 3;
const SEGMENT_NEEDS = 5;
const SHOWN_LABELS = 12;

/** f1: the answer of stage 1, with the texts behind it. */
export function writeNeeds(reader: SectionReader): readonly Block[] {
  const { t, view } = reader;
  const needs = view('demand.needs', needsResultSchema);
  const blocks: Block[] = [];
  if (needs !== null) {
    const { artifact, result } = needs;
    const ranked = result.needs.toSorted((a, b) => a.rank - b.rank);
    const { driver, mention, gap } = result.partWeights;
    const basis: Basis = {
      n: result.sources
        .map(({ unit, name, units }) => t(`stage.demand.screen.sourceUnits.${unit}`, { name, count: units }))
        .join(t('list.separator')),
      interval: t('report.stages.demand.needInterval', { resamples: result.resamples }),
      method: t('report.stages.demand.needMethod', {
        driver: String(driver),
        mention: String(mention),
        gap: String(gap),
      }),
      sources: [artifact],
    };
    const heaviest = ranked[0]?.weight ?? 1;
    blocks.push(
      {
        type: 'chart',
        caption: t('report.stages.demand.needChart'),
        svg: whiskerChart({
          title: t('report.stages.demand.needChart'),
          axis: t('report.stages.demand.weightAxis'),
          formatTick: (value) => formatShare(value),
          lines: [{ value: 1 / Math.max(1, ranked.length), name: t('report.stages.demand.evenShare') }],
          include: [0],
          points: ranked.map(({ name, weight, low, high }) => {
            const cell = share(weight, { interval: { low, high } });
            return { name, value: weight, low, high, text: `${cell.text} ${cell.interval ?? ''}` };
          }),
        }),
        basis,
      },
      {
        type: 'table',
        caption: t('report.stages.demand.needTable'),
        columns: [
          right(t('stage.demand.screen.rank')),
          left(t('stage.demand.screen.needs.need')),
          right(t('stage.demand.screen.needs.weight')),
          left(t('report.stages.demand.rankInterval')),
          right(t('report.stages.demand.firstShare')),
          right(t('report.stages.demand.volume')),
          right(t('report.stages.demand.satisfaction')),
          left(t('report.stages.demand.parts')),
        ],
        rows: ranked.map((need) => [
          count(need.rank),
          need.name,
          share(need.weight, { interval: need, bar: need.weight / heaviest }),
          need.rankLow === need.rankHigh ? String(need.rankLow) : `${need.rankLow}–${need.rankHigh}`,
          share(need.firstShare, { decimals: 0 }),
          count(need.volume),
          plain(need.satisfaction, { decimals: 2 }),
          (['driver', 'mention', 'gap'] as const)
            .map((part) => {
              const found = need.parts[part];
              return found === null ? '—' : formatShare(found.value);
            })
            .join(' / '),
        ]),
        basis,
      },
      ...ranked.slice(0, QUOTED_NEEDS).map((need) => quotesOf(reader, need, basis)),
      ...segmentBlocks(reader, result, basis),
    );
  }
  const requirements = view('demand.requirements', requirementsResultSchema);
  if (requirements !== null) {
    blocks.push({
      type: 'table',
      caption: t('report.stages.demand.requirements'),
      columns: [
        left(t('stage.demand.screen.needs.parameter')),
        left(t('stage.demand.screen.needs.value')),
        left(t('stage.demand.screen.needs.origin')),
      ],
      rows: requirementRows(reader, requirements.result),
      basis: {
        n: t('report.stages.demand.texts', { count: requirements.result.volume.value.texts }),
        interval: t('report.sheet.intervalCount'),
        method: t('report.stages.demand.requirementMethod'),
        sources: [requirements.artifact],
      },
    });
  }
  return blocks;
}

/** Texts that speak of a need, with where they stand. */
function quotesOf(
  { t, quotes }: SectionReader,
  { id, name, volume }: NeedsResult['needs'][number],
  basis: Basis,
): Block {
  const found = quotes(id);
  if (found.length === 0)
    return { type: 'note', tone: 'plain', text: t('report.stages.demand.quoteNone', { need: name }) };
  return {
    type: 'quotes',
    caption: t('report.stages.demand.quotes', { need: name }),
    quotes: found.map(({ text, datasetName, row }) => ({
      text,
      source: t('report.stages.demand.quoteSource', { dataset: datasetName, row: row + 1 }),
    })),
    basis: {
      n: t('report.stages.demand.rows', { count: volume }),
      interval: t('report.sheet.intervalCount'),
      method: t('report.stages.demand.quoteMethod'),
      sources: basis.sources,
    },
  };
}

function segmentBlocks({ t }: SectionReader, result: NeedsResult, basis: Basis): readonly Block[] {
  if (result.segments.length === 0) return [];
  const shown = result.needs.toSorted((a, b) => a.rank - b.rank).slice(0, SEGMENT_NEEDS);
  return [
    {
      type: 'table',
      caption: t('report.stages.demand.segments'),
      columns: [left(''), ...shown.map(({ name }) => right(name))],
      rows: result.segments.map(({ segment, respondents, lowBase, needs }) => [
        `${t('report.stages.demand.segmentN', { segment, count: respondents })}${lowBase ? ` — ${t('report.stages.demand.lowBase')}` : ''}`,
        ...shown.map(({ id }) => {
          const found = needs.find(({ needId }) => needId === id);
          return found === undefined ? '—' : share(found.weight, { interval: lowBase ? null : found });
        }),
      ]),
      basis: { ...basis, method: t('stage.demand.screen.needs.segmentMethod') },
    },
  ];
}

function requirementRows({ t }: SectionReader, result: RequirementsResult): readonly (readonly Cell[])[] {
  const origin = (found: RequirementsResult['taskType']['origin']) =>
    found.type === 'data'
      ? t('stage.demand.screen.origin.data', { slot: slotName(t, found.slot) })
      : t(`stage.demand.screen.origin.${found.type}`);
  const notSet = t('stage.demand.screen.needs.notSet');
  const name = (key: keyof RequirementsResult) => t(`stage.demand.screen.target.${key}`);
  const { taskType, labels, languages, volume, textLength, accuracy, latencyMs, explainability, privacy } = result;
  const listed = labels.value.slice(0, SHOWN_LABELS).map(({ label }) => label);
  const more = labels.value.length - listed.length;
  return [
    [
      name('taskType'),
      taskType.value === null ? notSet : t(`stage.demand.screen.taskType.${taskType.value}`),
      origin(taskType.origin),
    ],
    [
      name('labels'),
      [
        t('stage.demand.screen.needs.classes', { count: labels.value.length }),
        ...(listed.length === 0 ? [] : [listed.join(t('list.separator'))]),
        ...(more > 0 ? [t('stage.demand.screen.needs.moreClasses', { count: more })] : []),
      ].join(' · '),
      origin(labels.origin),
    ],
    [
      name('languages'),
      languages.value
        .map(({ language, share: part }) => {
          const known = (['zh', 'en', 'other', 'none', 'unknown'] as const).find((id) => id === language);
          return `${known === undefined ? language : t(`stage.demand.screen.language.${known}`)} ${formatShare(part)}`;
        })
        .join(t('list.separator')),
      origin(languages.origin),
    ],
    [
      name('volume'),
      volume.value.perMonth === null
        ? t('stage.demand.screen.needs.volumeTexts', { count: volume.value.texts })
        : t('stage.demand.screen.needs.volumeMonthly', {
            count: volume.value.texts,
            monthly: Math.round(volume.value.perMonth),
          }),
      origin(volume.origin),
    ],
    [
      name('textLength'),
      textLength.value === null ? notSet : t('stage.demand.screen.needs.lengths', textLength.value),
      origin(textLength.origin),
    ],
    [
      name('accuracy'),
      accuracy.value === null ? notSet : share(accuracy.value, { decimals: 0 }),
      origin(accuracy.origin),
    ],
    [
      name('latencyMs'),
      latencyMs.value === null ? notSet : plain(latencyMs.value, { unit: t('unit.milliseconds') }),
      origin(latencyMs.origin),
    ],
    [
      name('explainability'),
      explainability.value === null ? notSet : t(`stage.demand.screen.explainability.${explainability.value}`),
      origin(explainability.origin),
    ],
    [
      name('privacy'),
      privacy.value === null ? notSet : t(`stage.demand.screen.privacy.${privacy.value}`),
      origin(privacy.origin),
    ],
  ];
}
