import type { ArtifactInfo } from '../../contract/artifact.ts';
import type { PlanLine } from '../../stages/competitiveness/strategy/plan-lines.ts';
import { planLineText } from '../../stages/competitiveness/strategy/plan-text.ts';
import type { StrategyResult } from '../../stages/competitiveness/strategy/results.ts';
import type { Block, Cell } from '../blocks.ts';
import { count, plain, points, share } from '../cells.ts';
import type { SectionReader } from '../input.ts';
import { left, right } from './section.ts';

/** The three plans that follow from the ranking, line by line with what each rests on. */
export function planBlocks({ t }: SectionReader, artifact: ArtifactInfo, result: StrategyResult): readonly Block[] {
  const blocks = (['model', 'product', 'experience'] as const).flatMap((plan): Block[] => {
    const lines = result.plans[plan];
    if (lines.length === 0) return [];
    return [
      {
        type: 'table',
        caption: t('report.trials.plans.caption', { plan: t(`stage.competitiveness.screen.plan.title.${plan}`) }),
        columns: [
          left(t('report.trials.plans.line')),
          left(t('report.trials.plans.basis')),
          right(t('report.trials.plans.n')),
          right(t('report.trials.plans.estimate')),
        ],
        rows: lines.map((line) => [
          planLineText(t, line),
          t(`stage.competitiveness.screen.plan.basis.${line.basis}`),
          line.n === null ? '—' : count(line.n),
          estimateCell(line),
        ]),
        basis: {
          n: t('report.trials.plans.lines', { count: lines.length }),
          interval: t('report.sheet.interval95'),
          method: t('report.trials.plans.method'),
          sources: [artifact],
        },
      },
    ];
  });
  return [
    ...(result.withoutU ? [{ type: 'note', tone: 'attention', text: t('report.trials.plans.withoutU') } as const] : []),
    ...blocks,
  ];
}

function estimateCell({ estimate, unit }: PlanLine): Cell {
  if (estimate === null) return '—';
  switch (unit) {
    case 'share':
      return share(estimate.value, { interval: estimate });
    case 'points':
      return points(estimate.value, { interval: estimate });
    case 'score':
      return plain(estimate.value, { decimals: 1, interval: estimate });
    case 'value':
      return plain(estimate.value, { decimals: 2, interval: estimate });
  }
}
