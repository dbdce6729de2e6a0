import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { AdaptedModel } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { gainWords } from '../../../components/AdaptedCells.tsx';
import { ChangeCell } from '../../../components/ChangeCell.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { useComparison } from '../../competitiveness/models/DifferenceCell.tsx';
import { seedDifferenceOpened } from '../../competitiveness/models/seed-difference.ts';

type ModelView = ArtifactView<AdaptedModel>;

/** Whether two models were both trained from several seeds and tested on the same rows. */
export function areOfSeeds({ result: a }: ModelView, { result: b }: ModelView): boolean {
  return a.id !== b.id && a.testLock === b.testLock && a.seeds !== undefined && b.seeds !== undefined;
}

interface Props {
  readonly view: ModelView;
  readonly reference: ModelView;
}

/** Mean accuracy over the seeds of a model against that of the chosen one. */
export function SeedsCell({ view, reference }: Props) {
  const t = useT();
  const comparison = useComparison(view.result, areOfSeeds(view, reference) ? reference.result : null);
  if (!areOfSeeds(view, reference)) return <span className="muted">—</span>;
  if (comparison.error !== null) return <ErrorNotice error={comparison.error} />;
  const compared = comparison.value?.seeds;
  if (compared === undefined) return <span className="faint">…</span>;
  return (
    <ChangeCell
      difference={compared.accuracy}
      words={gainWords(t)}
      inspected={seedDifferenceOpened(t, view, reference.result.id, 'accuracy', compared)}
    />
  );
}
