import { Segmented } from 'antd';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { showPredicted } from '../store.ts';
import { PREDICTED, type Predicted } from './use-tasks.ts';

/** What is predicted, with when to use it. */
export function PredictedChoice({ value }: { readonly value: Predicted }) {
  const t = useT();
  return (
    <Card title={t('stage.competitiveness.screen.tasks.predicts')} testId="competitiveness-predicted">
      <div className="form-row">
        <Segmented
          value={value}
          options={PREDICTED.map((kind) => ({
            value: kind,
            label: t(`stage.competitiveness.screen.tasks.kinds.${kind}`),
          }))}
          onChange={showPredicted}
          aria-label={t('stage.competitiveness.screen.tasks.predicts')}
          data-testid="competitiveness-predicted-choice"
        />
      </div>
      <p className="muted">
        {t(`stage.competitiveness.screen.tasks.when.${value}`)}
        {value !== 'single-label' && ` ${t('stage.competitiveness.screen.tasks.onlyHere')}`}
      </p>
    </Card>
  );
}
