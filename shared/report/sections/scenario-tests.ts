import type { ArtifactInfo } from '../../contract/artifact.ts';
import { formatShare } from '../../i18n/number.ts';
import { type ScenarioTest, type TestsResult, testsResultSchema } from '../../stages/adaptation/results.ts';
import { scenarioTestName } from '../../stages/adaptation/test-name.ts';
import type { Basis, Block, Cell } from '../blocks.ts';
import { count, plain, share } from '../cells.ts';
import { whiskerChart } from '../charts/whisker-chart.ts';
import type { SectionReader } from '../input.ts';
import { chosenModels, costText, inUnit, needNames, scenarioNames, withSide } from './adaptation.ts';
import { idAndName, left, right } from './section.ts';

const TONES = { passed: 'good', failed: 'failed', unclear: 'attention', 'no-verdict': 'plain' } as const;
/** What a person must look at stands first. */
const ORDER = { failed: 0, unclear: 1, 'no-verdict': 2, passed: 3 } as const;
const SIGNS = { passed: '✓', failed: '✕', unclear: '▲', 'no-verdict': '–' } as const;

/** Every test of every model in its scenario, against its limit. */
export function writeScenarioTests(reader: SectionReader): readonly Block[] {
  return reader
    .views('adaptation.tests', testsResultSchema)
    .flatMap(({ artifact, result }) => suiteBlocks(reader, artifact, result));
}

function suiteBlocks(reader: SectionReader, artifact: ArtifactInfo, result: TestsResult): readonly Block[] {
  const { t } = reader;
  const key = 'report.trials.tests';
  const needs = needNames(reader);
  const of = {
    scenario: scenarioNames(reader).get(result.scenarioId) ?? result.scenarioId,
    model: idAndName(result.modelId, result.modelName),
  };
  const basis: Basis = {
    n: t(`${key}.rows`, { count: result.rows }),
    interval: t(`${key}.interval`),
    method: t(`${key}.method`),
    sources: [artifact],
  };
  const tests = [...result.tests, ...result.machineTests];
  const { counts, machineCounts } = result;
  const judged = result.tests
    .filter(({ unit, direction, value }) => unit === 'share' && direction === 'at-least' && value !== null)
    .toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
  const title = t(`${key}.chart`, of);
  return [
    {
      type: 'answer',
      items: [
        {
          text: `${of.scenario} × ${of.model} — ${t(`${key}.summary`, {
            passed: counts.passed + machineCounts.passed,
            failed: counts.failed + machineCounts.failed,
            unclear: counts.unclear + machineCounts.unclear,
            noVerdict: counts.noVerdict + machineCounts.noVerdict,
            cost: costText(result.costPerThousand),
          })}`,
          source: artifact,
        },
      ],
    },
    ...(judged.length === 0
      ? []
      : [
          {
            type: 'chart',
            caption: title,
            svg: whiskerChart({
              title,
              axis: t(`${key}.chartAxis`),
              formatTick: (value) => formatShare(value),
              points: judged.map((test) => ({
                name: `${SIGNS[test.verdict]} ${scenarioTestName(t, test, needs)}`,
                value: test.value,
                low: test.low,
                high: test.high,
                ...(test.limit === null ? {} : { limit: test.limit }),
                hollow: test.verdict !== 'passed',
                text: `${formatShare(test.value ?? 0, 1)} (${limitText(reader, test)})`,
              })),
            }),
            basis,
          } satisfies Block,
        ]),
    {
      type: 'table',
      caption: t(`${key}.caption`, of),
      columns: [
        left(t(`${key}.name`)),
        right(t(`${key}.value`)),
        right(t(`${key}.limit`)),
        right(t(`${key}.n`)),
        left(t(`${key}.verdict`)),
      ],
      rows: tests.map((test): readonly Cell[] => [
        scenarioTestName(t, test, needs),
        valueCell(test),
        test.limit === null || test.direction === null
          ? '—'
          : withSide(inUnit(test.limit, test.unit), t(`stage.adaptation.screen.limitSide.${test.direction}`)),
        count(test.n),
        {
          tag: `${SIGNS[test.verdict]} ${t(`stage.adaptation.screen.verdict.${test.verdict}`)}`,
          tone: TONES[test.verdict],
        },
      ]),
      basis,
    },
  ];
}

function limitText({ t }: SectionReader, { limit, direction, unit }: ScenarioTest): string {
  if (limit === null || direction === null) return '—';
  return `${t(`stage.adaptation.screen.limitSide.${direction}`)} ${inUnit(limit, unit).text}`;
}

function valueCell({ value, low, high, unit }: ScenarioTest): Cell {
  const interval = { low, high };
  return unit === 'share' ? share(value, { interval }) : { ...inUnit(value, unit), ...plainInterval(interval) };
}

function plainInterval(interval: { readonly low: number | null; readonly high: number | null }): { interval?: string } {
  const { interval: text } = plain(0, { interval });
  return text === undefined ? {} : { interval: text };
}

/** Scenarios by models: how each suite ended, and which model people chose. */
export function writeMatrix(reader: SectionReader): readonly Block[] {
  const { t, views } = reader;
  const key = 'report.trials.matrix';
  const suites = views('adaptation.tests', testsResultSchema);
  const [first, ...others] = suites.map(({ artifact }) => artifact);
  if (first === undefined) return [];
  const names = scenarioNames(reader);
  const chosen = chosenModels(reader);
  return [
    {
      type: 'table',
      caption: t(`${key}.caption`),
      columns: [
        left(t('report.trials.scenario.name')),
        left(t(`${key}.model`)),
        left(t(`${key}.counts`)),
        right(t(`${key}.accuracy`)),
        right(t(`${key}.cost`)),
        left(t(`${key}.chosen`)),
      ],
      rows: suites.map(({ artifact: source, result }): readonly Cell[] => {
        const { counts, machineCounts } = result;
        const both = (verdict: keyof typeof counts) => counts[verdict] + machineCounts[verdict];
        return [
          names.get(result.scenarioId) ?? result.scenarioId,
          idAndName(result.modelId, result.modelName),
          [both('passed'), both('failed'), both('unclear'), both('noVerdict')].join(' / '),
          share(result.accuracy.value, { interval: result.accuracy, source }),
          plain(result.costPerThousand, { source }),
          chosen.get(result.scenarioId) === result.modelId ? { tag: `✓ ${t(`${key}.chosen`)}`, tone: 'good' } : '',
        ];
      }),
      basis: {
        n: t(`${key}.cells`, { count: suites.length }),
        interval: t('report.trials.tests.interval'),
        method: t(`${key}.method`),
        sources: [first, ...others],
      },
    },
  ];
}
