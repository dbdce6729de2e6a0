import { Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { RunRecord, TemperatureResult } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';

const SCORES = ['ece', 'adaptiveEce', 'brier', 'nll'] as const;
const UNITS = { ece: 'share', adaptiveEce: 'share', brier: 'count', nll: 'count' } as const;
const DECIMALS = { ece: 1, adaptiveEce: 1, brier: 3, nll: 3 } as const;

interface Props {
  readonly view: ArtifactView<RunRecord>;
  readonly temperature: TemperatureResult;
}

/** The temperature, what it says of the model, and the scores with and without it. */
export function TemperatureTable({ view, temperature }: Props) {
  const t = useT();
  const { devRows, rows, resamples, limited } = temperature;
  const value = formatNumber(temperature.temperature, 2);
  const method = t('stage.competitiveness.screen.models.temperature.method', {
    devRows: formatNumber(devRows),
    rows: formatNumber(rows),
    resamples: formatNumber(resamples),
  });
  const column = (when: 'before' | 'after') => ({
    title: t(`stage.competitiveness.screen.models.temperature.${when}`, { temperature: value }),
    key: when,
    align: 'right' as const,
    render: (_: unknown, { score }: { readonly score: (typeof SCORES)[number] }) => {
      const { value: found, low, high } = temperature[when][score];
      const name = t(`stage.competitiveness.screen.models.temperature.score.${score}`);
      return (
        <InspectedNumber
          value={found}
          unit={UNITS[score]}
          decimals={DECIMALS[score]}
          interval={[low, high]}
          inspected={{
            title: `${view.result.id} · ${name}`,
            method: `${t(`stage.competitiveness.screen.models.temperature.scoreMethod.${score}`)} ${method}`,
            n: rows,
            slot: view.artifact.slot,
            seed: view.artifact.seed,
          }}
        />
      );
    },
  });
  return (
    <div data-testid="competitiveness-temperature">
      <p>
        <strong>{t('stage.competitiveness.screen.models.temperature.is', { temperature: value })}</strong>{' '}
        {limited
          ? t('stage.competitiveness.screen.models.temperature.limited')
          : t(`stage.competitiveness.screen.models.temperature.${temperature.temperature > 1 ? 'over' : 'under'}`)}
      </p>
      <Table
        size="small"
        rowKey="score"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={SCORES.map((score) => ({ score }))}
        columns={[
          {
            title: t('stage.competitiveness.screen.models.temperature.scoreName'),
            key: 'score',
            render: (_, { score }) => (
              <span title={t(`stage.competitiveness.screen.models.temperature.scoreMethod.${score}`)}>
                {t(`stage.competitiveness.screen.models.temperature.score.${score}`)}
              </span>
            ),
          },
          column('before'),
          column('after'),
        ]}
      />
      <p className="muted small">{method}</p>
    </div>
  );
}
