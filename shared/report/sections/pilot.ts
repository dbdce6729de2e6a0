import { formatNumber, formatShare, formatShort } from '../../i18n/number.ts';
import type { Translate } from '../../i18n/translate.ts';
import { formatP } from '../../stages/competitiveness/strategy/plan-text.ts';
import {
  type PilotResult,
  pilotPlanResultSchema,
  pilotResultSchema,
  type VerdictReason,
} from '../../stages/landing/pilot/results.ts';
import type { Basis, Block, Cell } from '../blocks.ts';
import { count, plain, points, share } from '../cells.ts';
import { whiskerChart } from '../charts/whisker-chart.ts';
import type { SectionReader } from '../input.ts';
import { left, right, sentences } from './section.ts';

const POINTS = 100;

type MetricType = PilotResult['metric']['type'];

/** A difference in the unit of the measure, as text: points of a share, or the number itself. */
function differenceText(t: Translate, value: number, type: MetricType): string {
  if (type === 'mean') return `${value > 0 ? '+' : ''}${formatShort(value)}`;
  return points(value, { unit: t('report.trials.experiment.points') }).text;
}

function difference(
  t: Translate,
  effect: { readonly value: number; readonly low: number; readonly high: number } | null,
  type: MetricType,
) {
  if (effect === null) return plain(null);
  return type === 'proportion'
    ? points(effect.value, { interval: effect, unit: t('report.trials.experiment.points') })
    : plain(effect.value, { decimals: 2, interval: effect });
}

function pilotVerdict(t: Translate, result: PilotResult): string {
  return t('report.outcomes.pilot.verdictText', {
    verdict: t(`report.outcomes.pilot.verdict.${result.verdict}`),
    reasons: sentences(
      t,
      result.reasons.map((reason) => reasonText(t, reason, result.metric.type)),
    ),
  });
}

function reasonText(t: Translate, reason: VerdictReason, type: MetricType): string {
  const words: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(reason)) {
    if (typeof value === 'string')
      words[name] = name === 'arm' ? t(`report.outcomes.pilot.${value as 'control' | 'treatment'}`) : value;
    else if (name === 'p') words[name] = formatP(value);
    else if (name === 'low' || name === 'high' || name === 'target') words[name] = differenceText(t, value, type);
    else words[name] = value;
  }
  return t(`report.outcomes.pilot.reason.${reason.code}`, words);
}

/** The plan as it was signed, and what came of it. */
export function writePilot(reader: SectionReader): readonly Block[] {
  return [...planBlock(reader), ...resultBlocks(reader)];
}

function planBlock({ t, view }: SectionReader): readonly Block[] {
  const key = 'report.outcomes.pilot';
  const plan = view('landing.pilotPlan', pilotPlanResultSchema);
  if (plan === null) return [];
  const { settings, units } = plan.result;
  const { metric, signedBy } = settings;
  const inUnit = (value: number | null) =>
    value === null ? '—' : metric.type === 'proportion' ? share(value) : plain(value, { decimals: 2 });
  const effect = (value: number | null) =>
    value === null
      ? '—'
      : metric.type === 'proportion'
        ? points(value, { unit: t('report.trials.experiment.points') })
        : plain(value, { decimals: 2 });
  const rows: readonly (readonly Cell[])[] = [
    [t(`${key}.designName`), t(`${key}.design.${settings.design}`)],
    [t(`${key}.metric`), metric.name],
    [t(`${key}.baseline`), inUnit(metric.baseline)],
    [t(`${key}.smallest`), effect(settings.smallestEffect)],
    [t(`${key}.target`), effect(settings.targetEffect)],
    [
      t(`${key}.units`),
      units === null
        ? '—'
        : { value: units.total, text: `${formatNumber(units.control)} / ${formatNumber(units.treatment)}` },
    ],
    [t(`${key}.days`), units === null ? '—' : count(units.days)],
    [t(`${key}.levelPower`), `${formatShare(settings.level)} / ${formatShare(settings.power)}`],
    ...settings.guardrails.map((guardrail): readonly Cell[] => [
      `${t(`${key}.guardrail`)}: ${guardrail.name}`,
      `${t(`${key}.margin`)} ${guardrail.type === 'proportion' ? formatShare(guardrail.margin, 1) : formatShort(guardrail.margin)}`,
    ]),
    [t(`${key}.signed`), [signedBy.name, signedBy.role].filter((word) => word !== '').join(', ') || '—'],
  ];
  return [
    {
      type: 'table',
      caption: t(`${key}.plan`),
      columns: [left(t(`${key}.item`)), left(t(`${key}.value`))],
      rows,
      basis: {
        n: units === null ? null : t(`${key}.units2`, { count: units.total }),
        interval: t('report.sheet.intervalDecided'),
        method: t(`${key}.planMethod`),
        sources: [plan.artifact],
      },
    },
  ];
}

const GUARD_TONES = { holds: 'good', breached: 'failed', unclear: 'attention', 'not-measured': 'plain' } as const;

function resultBlocks({ t, view }: SectionReader): readonly Block[] {
  const key = 'report.outcomes.pilot';
  const pilot = view('landing.pilot', pilotResultSchema);
  if (pilot === null) return [];
  const { artifact, result } = pilot;
  const { type } = result.metric;
  const basis: Basis = {
    n: t(`${key}.units2`, { count: result.cells.reduce((sum, { measured }) => sum + measured, 0) }),
    interval: t(`${key}.interval`, { level: formatShare(result.level), method: t(`${key}.methods.${result.method}`) }),
    method: t(`${key}.method`, { plan: result.planName }),
    sources: [artifact],
  };
  const scale = type === 'proportion' ? POINTS : 1;
  const drawn = [
    ...(result.effect === null ? [] : [{ name: t(`${key}.result`), effect: result.effect, hollow: false }]),
    ...(result.forecast === null ? [] : [{ name: t(`${key}.forecast`), effect: result.forecast, hollow: true }]),
  ];
  return [
    { type: 'answer', items: [{ text: pilotVerdict(t, result), source: artifact }] },
    ...(drawn.length === 0
      ? []
      : [
          {
            type: 'chart',
            caption: t(`${key}.chart`),
            svg: whiskerChart({
              title: t(`${key}.chart`),
              axis: t(`${key}.${type === 'proportion' ? 'axisPoints' : 'axis'}`),
              formatTick: formatShort,
              lines: [{ value: 0, name: '0' }],
              points: drawn.map(({ name, effect, hollow }) => {
                const cell = difference(t, effect, type);
                return {
                  name,
                  value: effect.value * scale,
                  low: effect.low * scale,
                  high: effect.high * scale,
                  hollow,
                  text: `${cell.text} ${cell.interval ?? ''}`,
                };
              }),
            }),
            basis,
          } satisfies Block,
        ]),
    {
      type: 'table',
      caption: t(`${key}.caption`, { metric: result.metric.name }),
      columns: [left(t(`${key}.cell`)), right(t(`${key}.n`)), right(t('report.outcomes.rounds.value'))],
      rows: [
        ...result.cells.map((cell): readonly Cell[] => [
          [t(`${key}.${cell.arm}`), ...(cell.period === null ? [] : [t(`${key}.${cell.period}`)])].join(' · '),
          count(cell.measured),
          type === 'proportion'
            ? share(cell.value, { interval: cell })
            : plain(cell.value, { decimals: 2, interval: cell }),
        ]),
        [t(`${key}.effect`), '', difference(t, result.effect, type)],
        [t(`${key}.gain`), '', difference(t, result.gain, type)],
      ],
      basis,
    },
    ...(result.guardrails.length === 0
      ? []
      : [
          {
            type: 'table',
            caption: t(`${key}.guardrails`),
            columns: [
              left(t(`${key}.guardrail`)),
              right(t(`${key}.loss`)),
              right(t(`${key}.margin`)),
              left(t('report.trials.tests.verdict')),
            ],
            rows: result.guardrails.map((guardrail): readonly Cell[] => [
              guardrail.name,
              difference(t, guardrail.loss, guardrail.type),
              guardrail.type === 'proportion'
                ? points(guardrail.margin, { unit: t('report.trials.experiment.points') })
                : plain(guardrail.margin, { decimals: 2 }),
              { tag: t(`${key}.guardVerdict.${guardrail.verdict}`), tone: GUARD_TONES[guardrail.verdict] },
            ]),
            basis: { ...basis, method: t(`${key}.guardMethod`) },
          } satisfies Block,
        ]),
  ];
}
