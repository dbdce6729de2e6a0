import type { ArtifactView } from '../../shared/contract/artifact.ts';
import type { Translate } from '../../shared/i18n/translate.ts';
import type { AdaptedModel } from '../../shared/stages/adaptation/results.ts';
import { useT } from '../app/language.ts';
import { ChangeCell } from './ChangeCell.tsx';
import { ClassSeedMean } from './ClassSeeds.tsx';
import { InspectedNumber } from './InspectedNumber.tsx';

/** Figures of an adapted model, the same wherever one is listed. */

interface Props {
  readonly view: ArtifactView<AdaptedModel>;
}

/** Accuracy on the locked test rows of its scenario, and its mean where it was made from several seeds. */
export function AccuracyCell({ view }: Props) {
  const t = useT();
  const { artifact, result } = view;
  const { value, low, high } = result.test.accuracy;
  return (
    <>
      <InspectedNumber
        value={value}
        unit="share"
        interval={[low, high]}
        inspected={{
          title: `${result.id} · ${t('stage.adaptation.screen.recipeStep.accuracy')}`,
          n: result.test.rows,
          method: t('stage.adaptation.screen.recipeStep.accuracyMethod'),
          slot: artifact.slot,
          seed: artifact.seed,
        }}
      />
      <ClassSeedMean view={view} figure="accuracy" />
    </>
  );
}

/** What a difference in accuracy is called. */
export const gainWords = (t: Translate) => ({
  worse: t('stage.adaptation.screen.recipeStep.gainWords.worse'),
  same: t('stage.adaptation.screen.recipeStep.gainWords.same'),
  better: t('stage.adaptation.screen.recipeStep.gainWords.better'),
});

/** What it gained on those rows over the model that it came from. */
export function GainCell({ view: { artifact, result } }: Props) {
  const t = useT();
  const { id, gain, sourceId } = result;
  if (gain === null) return <span className="muted">—</span>;
  return (
    <ChangeCell
      difference={gain.difference}
      words={gainWords(t)}
      inspected={{
        title: `${id} · ${t('stage.adaptation.screen.recipeStep.gain')}`,
        n: gain.rows,
        method: t('stage.adaptation.screen.recipeStep.gainMethod', { source: sourceId, rows: gain.rows }),
        slot: artifact.slot,
        seed: artifact.seed,
      }}
    />
  );
}

/** What it lost or gained on the rows of the model that it came from. */
export function ForgettingCell({ view: { artifact, result } }: Props) {
  const t = useT();
  const { id, forgetting, forgettingReason } = result;
  if (forgetting === null) {
    return (
      <span className="muted small">
        {forgettingReason === null ? '—' : t(`stage.adaptation.screen.recipeStep.forgettingReason.${forgettingReason}`)}
      </span>
    );
  }
  return (
    <ChangeCell
      difference={forgetting.difference}
      words={{
        worse: t('stage.adaptation.screen.recipeStep.forgot'),
        same: t('stage.adaptation.screen.recipeStep.remembers'),
        better: t('stage.adaptation.screen.recipeStep.improved'),
      }}
      inspected={{
        title: `${id} · ${t('stage.adaptation.screen.recipeStep.forgetting')}`,
        n: forgetting.rows,
        method: t('stage.adaptation.screen.recipeStep.forgettingMethod', {
          rows: forgetting.rows,
          classes: forgetting.commonClasses,
        }),
        slot: artifact.slot,
        seed: artifact.seed,
      }}
    />
  );
}
