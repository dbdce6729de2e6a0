import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { TableModelResult, TableResult } from '../../../../shared/stages/adaptation/tables/results.ts';
import { columnWords } from '../../../../shared/stages/adaptation/tables/words.ts';
import { useT } from '../../../app/language.ts';
import { WhiskerPlot } from '../../../charts/WhiskerPlot.tsx';
import { Card } from '../../../components/Card.tsx';

const MOST_SHOWN = 12;

/** Columns by how much they move the answer, on rows that the model has not seen. */
export function ImportanceCard({ result, model }: { readonly result: TableResult; readonly model: TableModelResult }) {
  const t = useT();
  const how = model.model === 'mlp' ? 'shapley' : 'linear';
  return (
    <Card title={t('stage.adaptation.screen.table.importance.title')} testId="adaptation-tables-importance">
      <WhiskerPlot
        rows={model.importance.slice(0, MOST_SHOWN).map(({ columnId, name, value, low, high }) => ({
          id: columnId,
          name: columnWords(name),
          value,
          interval: [low, high],
          n: result.rows,
          text: `${formatNumber(value, 2)} [${formatNumber(low, 2)}, ${formatNumber(high, 2)}]`,
        }))}
        label={t('stage.adaptation.screen.table.importance.axis')}
        formatTick={(value) => formatNumber(value, 1)}
        exact={(value) => formatNumber(value, 3)}
        width={960}
        nameWidth={250}
      />
      <p className="muted small">
        {t('stage.adaptation.screen.table.importance.method', {
          fits: result.folds * result.repeats,
          how: t(`stage.adaptation.screen.table.importance.${how}`),
        })}
      </p>
    </Card>
  );
}
