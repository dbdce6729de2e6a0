import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { AdaptedModel } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell } from '../../../charts/RangeCell.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';

interface Props {
  readonly model: AdaptedModel;
  readonly slot: string;
  readonly seed: number;
}

const POINTS = 100;
/** The axis spans at least this many points on both sides of no change. */
const LEAST_SPAN = 5;

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
  const { value, low, high } = forgetting.difference;
  const verdict = high < 0 ? 'forgot' : low > 0 ? 'improved' : 'remembers';
  const widest = Math.max(LEAST_SPAN, Math.abs(low * POINTS), Math.abs(high * POINTS)) * 1.1;
  return (
    <div data-verdict={verdict}>
      <div className="score-cell">
        <RangeCell
          value={value * POINTS}
          interval={[low * POINTS, high * POINTS]}
          span={[-widest, widest]}
          reference={0}
          tone={verdict === 'forgot' ? 'failed' : 'accent'}
          label={formatNumber(value * POINTS, 1)}
          width={90}
        />
        <InspectedNumber
          value={value * POINTS}
          unit="points"
          interval={[low * POINTS, high * POINTS]}
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
      </div>
      <span className={verdict === 'forgot' ? 'tag tag-failed' : 'tag'}>
        {verdict === 'forgot' ? '▼' : verdict === 'improved' ? '▲' : '●'}{' '}
        {t(`stage.adaptation.screen.recipeStep.${verdict}`)}
      </span>
    </div>
  );
}
