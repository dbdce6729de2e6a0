import type { ArtifactInfo } from '../../contract/artifact.ts';
import { formatNumber, formatShare } from '../../i18n/number.ts';
import { type GoalResult, goalResultSchema } from '../../stages/landing/goals/results.ts';
import { packageCheckResultSchema, packageResultSchema } from '../../stages/landing/package/results.ts';
import { type SolutionResult, solutionResultSchema } from '../../stages/landing/solution/results.ts';
import type { Block, Cell } from '../blocks.ts';
import { count, plain, share } from '../cells.ts';
import type { SectionReader } from '../input.ts';
import { idAndName, left, right } from './section.ts';

const BYTES_PER_MB = 1_000_000;
const SHORT_SHA = 12;

/** What is to be reached, by when, and what it is worth. */
export function writeGoals({ t, views }: SectionReader): readonly Block[] {
  const key = 'report.outcomes.goals';
  const goals = views('landing.goal', goalResultSchema);
  const [first, ...others] = goals.map(({ artifact }) => artifact);
  if (first === undefined) return [];
  const valued = goals.map(({ result }) => result.value).find((value) => value !== null);
  const inUnit = (value: number | null, { settings }: GoalResult, source: ArtifactInfo): Cell => {
    if (value === null) return t(`${key}.notSet`);
    return settings.unit === 'share'
      ? share(value, { source })
      : plain(value, { unit: t(`${key}.unit.${settings.unit}`), source });
  };
  return [
    {
      type: 'table',
      caption: t(`${key}.caption`),
      columns: [
        left(t(`${key}.goal`)),
        left(t(`${key}.kpi`)),
        right(t(`${key}.baseline`)),
        right(t(`${key}.target`)),
        left(t(`${key}.due`)),
        left(t(`${key}.owner`)),
        left(t(`${key}.needs`)),
        right(t(`${key}.value`)),
      ],
      rows: goals.map(({ artifact: source, result }): readonly Cell[] => {
        const { settings, value, needs } = result;
        return [
          `${result.id} ${settings.title}`,
          settings.kpi,
          inUnit(settings.baseline, result, source),
          inUnit(settings.target, result, source),
          settings.dueDate?.replaceAll('-', '\u2011') ?? t(`${key}.notSet`),
          settings.owner === '' ? t(`${key}.notSet`) : settings.owner,
          needs.map(({ id, found }) => found?.name ?? id).join(t('list.separator')),
          value === null ? '—' : plain(value.median, { decimals: 0, unit: value.currency, interval: value, source }),
        ];
      }),
      basis: {
        n: t(`${key}.count`, { count: goals.length }),
        interval:
          valued === undefined
            ? t(`${key}.noValue`)
            : t(`${key}.interval`, { level: formatShare(valued.level), draws: valued.draws }),
        method: t(`${key}.method`),
        sources: [first, ...others],
      },
    },
  ];
}

/** What the solution needs, costs and risks. */
export function writeSolution({ t, view }: SectionReader): readonly Block[] {
  const solution = view('landing.solution', solutionResultSchema);
  if (solution === null) return [];
  const { artifact, result } = solution;
  return [...sizingBlocks(artifact, result), moneyBlock(artifact, result), ...riskBlocks(artifact, result)];

  function sizingBlocks(source: ArtifactInfo, { sizing, model }: SolutionResult): readonly Block[] {
    const key = 'report.outcomes.solution';
    const rows: readonly (readonly Cell[])[] = [
      [t(`${key}.model`), idAndName(model.id, model.name)],
      [t('stage.competitiveness.screen.models.accuracy'), share(model.accuracy.value, { interval: model.accuracy })],
      ...(sizing === null
        ? []
        : [
            [t(`${key}.peak`), plain(sizing.peakPerSecond.likely, { interval: sizing.peakPerSecond })],
            [t(`${key}.perInstance`), plain(sizing.perInstancePerSecond)],
            [t(`${key}.instances`), count(sizing.instances.likely, { interval: sizing.instances })],
            [t(`${key}.recommended`), count(sizing.recommended)],
            [t(`${key}.cores`), count(sizing.cores)],
            [t(`${key}.memory`), plain(sizing.memoryMb, { decimals: 0 })],
            [t(`${key}.disk`), plain(sizing.diskMb, { decimals: 0 })],
            [t(`${key}.response`), plain(sizing.responseP95Ms)],
            [t(`${key}.limit`), plain(sizing.limitMs)],
          ]),
    ];
    return [
      {
        type: 'table',
        caption: t(`${key}.sizing`),
        columns: [left(t(`${key}.item`)), right(t(`${key}.value`))],
        rows,
        basis: {
          n: t('report.stages.competitiveness.testRows', { count: model.testRows }),
          interval: t(`${key}.likely`),
          method: t(`${key}.method`),
          sources: [source],
        },
      },
    ];
  }

  function moneyBlock(source: ArtifactInfo, { business }: SolutionResult): Block {
    const key = 'report.outcomes.solution';
    const money = (value: { readonly median: number; readonly low: number; readonly high: number } | null) =>
      value === null ? '—' : plain(value.median, { decimals: 0, interval: value });
    return {
      type: 'table',
      caption: t(`${key}.money`, { currency: business.currency }),
      columns: [left(t(`${key}.item`)), right(business.currency)],
      rows: [
        [t(`${key}.cost`), money(business.costPerYear)],
        ...business.lines.map((line): readonly Cell[] => [t(`${key}.costLine`, { name: line.name }), money(line)]),
        [t(`${key}.worth`), money(business.valuePerYear)],
        [
          business.netPerYear === null
            ? t(`${key}.net`)
            : `${t(`${key}.net`)} — ${t(`${key}.positive`, { share: formatShare(business.netPerYear.positiveShare) })}`,
          money(business.netPerYear),
        ],
      ],
      basis: {
        n: t('report.outcomes.backlog.draws', { count: business.draws }),
        interval: t(`${key}.moneyInterval`, { level: formatShare(business.level), draws: business.draws }),
        method: t(`${key}.moneyMethod`),
        sources: [source],
      },
    };
  }

  function riskBlocks(source: ArtifactInfo, { risks }: SolutionResult): readonly Block[] {
    const key = 'report.outcomes.solution';
    if (risks.length === 0) return [];
    return [
      {
        type: 'table',
        caption: t(`${key}.risks`),
        columns: [
          left(t(`${key}.risk`)),
          right(t(`${key}.score`)),
          left(t(`${key}.mitigation`)),
          left(t(`${key}.owner`)),
          left(t('report.trials.scenario.origin')),
        ],
        rows: risks.map(({ name, score, likelihood, impact, mitigation, owner, code, fact }) => [
          name,
          { value: score, text: `${likelihood} × ${impact} = ${formatNumber(score)}` },
          mitigation,
          owner,
          t(`${key}.${code === null ? 'byPerson' : fact === null ? 'gone' : 'fact'}`),
        ]),
        basis: {
          n: t(`${key}.count`, { count: risks.length }),
          interval: t('report.sheet.intervalDecided'),
          method: t(`${key}.riskMethod`),
          sources: [source],
        },
      },
    ];
  }
}

/** Packages as they were built, with their self-test and last check. */
export function writePackages({ t, view, views }: SectionReader): readonly Block[] {
  const key = 'report.outcomes.package';
  const packages = views('landing.package', packageResultSchema);
  const [first, ...others] = packages.map(({ artifact }) => artifact);
  if (first === undefined) return [];
  return [
    {
      type: 'table',
      caption: t(`${key}.caption`),
      columns: [
        left(t(`${key}.name`)),
        left(t(`${key}.model`)),
        left(t(`${key}.platform`)),
        right(t(`${key}.files`)),
        right(t(`${key}.size`)),
        left(t(`${key}.selfTest`)),
        left(t(`${key}.check`)),
        left(t(`${key}.sha`)),
      ],
      rows: packages.map(({ artifact: source, result }): readonly Cell[] => {
        const check = view(`landing.packageCheck:${result.id}`, packageCheckResultSchema);
        const passed = result.selfTest.passed;
        return [
          idAndName(result.id, result.name),
          `${result.modelId} ${result.modelName} · ${result.precision}`,
          result.platform,
          count(result.files.length, { source }),
          plain(result.totalBytes / BYTES_PER_MB, { decimals: 1, source }),
          {
            tag: `${passed ? '✓' : '✕'} ${t(`${key}.${passed ? 'passed' : 'failed'}`)} · ${t(`${key}.sample`, result.samples)}`,
            tone: passed ? 'good' : 'failed',
          },
          check === null
            ? '—'
            : {
                tag: t(`${key}.${check.result.passed ? 'intact' : 'differs'}`),
                tone: check.result.passed ? 'good' : 'failed',
              },
          `#${result.contentSha256.slice(0, SHORT_SHA)}`,
        ];
      }),
      basis: {
        n: t(`${key}.count`, { count: packages.length }),
        interval: t('report.sheet.intervalCount'),
        method: t(`${key}.method`),
        sources: [first, ...others],
      },
    },
  ];
}
