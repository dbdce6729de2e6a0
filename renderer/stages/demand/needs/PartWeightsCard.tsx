import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { formatShare } from '../../../../shared/i18n/number.ts';
import {
  DEFAULT_PART_WEIGHTS,
  NEED_PARTS,
  type NeedPart,
  type NeedsResult,
  type PartWeights,
} from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';

interface Props {
  readonly weights: PartWeights;
  /** The result in which missing parts were redistributed; null before the first. */
  readonly result: NeedsResult | null;
  readonly busy: boolean;
  readonly onSave: (weights: PartWeights) => Promise<boolean>;
}

const PERCENT = 100;

/** How much of the part's weight actually entered, as a range over needs, after missing parts gave theirs to the others. */
function enteredText(result: NeedsResult, part: NeedPart): string | null {
  const entered = result.needs.flatMap(({ parts }) => (parts[part] === null ? [] : [parts[part].partWeight]));
  if (entered.length === 0) return null;
  const low = formatShare(Math.min(...entered));
  const high = formatShare(Math.max(...entered));
  return low === high ? low : `${low} – ${high}`;
}

/** How much each part counts: what is set, the sum, and what entered after redistribution. */
export function PartWeightsCard({ weights, result, busy, onSave }: Props) {
  const t = useT();
  const [draft, setDraft] = useState<PartWeights | null>(null);
  const shown = draft ?? weights;
  const sum = NEED_PARTS.reduce((total, part) => total + shown[part], 0);
  const isWhole = Math.abs(sum - 1) < 0.005;
  return (
    <Card title={t('stage.demand.screen.needs.partWeights')} testId="demand-needs-parts">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('stage.demand.screen.needs.partName')}</th>
            <th scope="col">{t('stage.demand.screen.needs.partSet')}</th>
            <th scope="col">{t('stage.demand.screen.needs.partEntered')}</th>
            <th scope="col">{t('stage.demand.screen.needs.partHave')}</th>
          </tr>
        </thead>
        <tbody>
          {NEED_PARTS.map((part) => (
            <tr key={part}>
              <th scope="row" title={t(`stage.demand.screen.partGloss.${part}`)}>
                {t(`stage.demand.screen.part.${part}`)}
              </th>
              <td>
                <InputNumber
                  size="small"
                  min={0}
                  max={PERCENT}
                  precision={0}
                  suffix="%"
                  value={Math.round(shown[part] * PERCENT)}
                  aria-label={t(`stage.demand.screen.part.${part}`)}
                  onChange={(value) => value !== null && setDraft({ ...shown, [part]: value / PERCENT })}
                  data-testid={`demand-needs-part-${part}`}
                />
              </td>
              <td className="number">
                {result === null ? '—' : (enteredText(result, part) ?? t('stage.demand.screen.needs.partMissing'))}
              </td>
              <td className="number">
                {result === null
                  ? '—'
                  : t('stage.demand.screen.needs.ofNeeds', {
                      having: result.needs.filter(({ parts }) => parts[part] !== null).length,
                      all: result.needs.length,
                    })}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('stage.demand.screen.needs.partSum')}</th>
            <td className={isWhole ? 'number' : 'number tone-attention'} data-testid="demand-needs-part-sum">
              {formatShare(sum)}
            </td>
            <td colSpan={2} className="muted">
              {!isWhole &&
                (sum > 0 ? t('stage.demand.screen.needs.partScaled') : t('stage.demand.screen.needs.partZero'))}
            </td>
          </tr>
        </tfoot>
      </table>
      <p className="muted small">{t('stage.demand.screen.needs.redistributed')}</p>
      <div className="actions">
        <Button size="small" disabled={busy} onClick={() => setDraft(DEFAULT_PART_WEIGHTS)}>
          {t('stage.demand.screen.needs.partDefault')}
        </Button>
        <Button
          size="small"
          disabled={busy || draft === null || sum === 0}
          onClick={() => void onSave(shown).then((saved) => saved && setDraft(null))}
          data-testid="demand-needs-parts-save"
        >
          {t('action.save')}
        </Button>
      </div>
    </Card>
  );
}
