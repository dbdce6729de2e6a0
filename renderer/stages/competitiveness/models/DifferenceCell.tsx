import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { ComparisonResult, RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { PointsNumber } from '../../../components/PointsNumber.tsx';
import { pText } from '../../../components/p-text.ts';
import { useView, type ViewState } from '../../../components/use-view.ts';

/** A run against a floor or another run; nothing is asked where test rows differ. */
export function useComparison(
  run: RunRecord,
  reference: { readonly id: string; readonly testLock: string } | null,
): ViewState<ComparisonResult> {
  const asks = reference !== null && reference.testLock === run.testLock && reference.id !== run.id;
  return useView('competitiveness.compare', asks ? { runId: run.id, referenceId: reference.id } : null, [
    'competitiveness.run',
    'competitiveness.compressed',
    'adaptation.model',
    'competitiveness.floors',
    'competitiveness.split',
  ]);
}

interface Props {
  readonly view: ArtifactView<RunRecord>;
  readonly floor: { readonly id: string; readonly testLock: string; readonly name: string } | null;
}

/** Percentage points above or below the strongest floor, with a word where it is not above. */
export function DifferenceCell({ view, floor }: Props) {
  const t = useT();
  const { value, error } = useComparison(view.result, floor);
  if (floor === null) return <span className="faint">—</span>;
  if (floor.testLock !== view.result.testLock) {
    return <span className="tag tag-attention">▲ {t('stage.competitiveness.screen.models.otherLock')}</span>;
  }
  if (error !== null) return <ErrorNotice error={error} />;
  if (value === undefined) return <span className="faint">…</span>;
  const { accuracyDifference: difference, mcNemar, resamples, rows } = value;
  return (
    <>
      <PointsNumber
        estimate={difference}
        inspected={{
          title: `${view.result.id} − ${floor.name}`,
          method: t('stage.competitiveness.screen.models.differenceMethod', {
            resamples,
            p: pText(t, mcNemar.pValue),
          }),
          n: rows,
          slot: view.artifact.slot,
          seed: view.artifact.seed,
        }}
      />
      <Verdict low={difference.low} value={difference.value} />
    </>
  );
}

/** Above, below or not shown to be above, in a word with its sign. */
function Verdict({ value, low }: { readonly value: number; readonly low: number }) {
  const t = useT();
  if (value < 0) {
    return <div className="failed-words word-below">✕ {t('stage.competitiveness.screen.models.below')}</div>;
  }
  if (low <= 0) {
    return <div className="attention-words word-below">▲ {t('stage.competitiveness.screen.models.notAbove')}</div>;
  }
  return <div className="muted word-below">✓ {t('stage.competitiveness.screen.models.above')}</div>;
}
