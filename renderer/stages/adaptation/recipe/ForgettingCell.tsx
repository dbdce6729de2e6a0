import type { AdaptedModel } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { ChangeCell } from '../../../components/ChangeCell.tsx';

interface Props {
  readonly model: AdaptedModel;
  readonly slot: string;
  readonly seed: number;
}

/** What the adapted model lost or gained on the rows of the model that it came from. */
export function ForgettingCell({ model, slot, seed }: Props) {
  const t = useT();
  const { forgetting, forgettingReason } = model;
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
        title: `${model.id} · ${t('stage.adaptation.screen.recipeStep.forgetting')}`,
        n: forgetting.rows,
        method: t('stage.adaptation.screen.recipeStep.forgettingMethod', {
          rows: forgetting.rows,
          classes: forgetting.commonClasses,
        }),
        slot,
        seed,
      }}
    />
  );
}
