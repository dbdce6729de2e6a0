import type { ArtifactView } from '../../shared/contract/artifact.ts';
import type { RunRecord } from '../../shared/stages/competitiveness/results.ts';
import type { SeedRun, SeedsResult } from '../../shared/stages/competitiveness/seeds.ts';
import { useT } from '../app/language.ts';
import { type SeedFigure, SeedMean, SeedsTable } from './SeedsTable.tsx';

/** Seeds of a model that answers one of several classes: a run, or one adapted to a scenario. */

type View = ArtifactView<Pick<RunRecord, 'id' | 'seeds' | 'test'>>;
const FIGURES = ['accuracy', 'macroF1'] as const;

function seedFigure(t: ReturnType<typeof useT>, seeds: SeedsResult, id: (typeof FIGURES)[number]): SeedFigure<SeedRun> {
  return {
    id,
    word: t(`stage.competitiveness.screen.models.${id}`),
    shown: { unit: 'share' },
    mean: seeds[id],
    of: (run) => run[id],
  };
}

/** Accuracy or macro-F1 as a mean over seeds; nothing for a model from one seed. */
export function ClassSeedMean({ view, figure }: { readonly view: View; readonly figure: (typeof FIGURES)[number] }) {
  const t = useT();
  const { artifact, result } = view;
  const { id, seeds } = result;
  if (seeds === undefined) return null;
  const { length } = seeds.runs;
  return <SeedMean id={id} slot={artifact.slot} count={length} figure={seedFigure(t, seeds, figure)} />;
}

/** Every seed of a model with what came of it; nothing for a model from one seed. */
export function ClassSeeds({ view }: { readonly view: View }) {
  const t = useT();
  const { artifact, result } = view;
  const { id, seeds, test } = result;
  if (seeds === undefined) return null;
  return (
    <SeedsTable
      id={id}
      slot={artifact.slot}
      seeds={seeds}
      dev={{ word: t('training.seeds.dev'), shown: { unit: 'share' } }}
      figures={FIGURES.map((figure) => seedFigure(t, seeds, figure))}
      rows={test.rows}
      testId="competitiveness-seeds"
    />
  );
}
