import { Segmented } from 'antd';
import { useState } from 'react';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { ReliabilityChart } from '../../../charts/ReliabilityChart.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { TemperatureTable } from './TemperatureTable.tsx';

const WHEN = ['before', 'after'] as const;

/** Whether a model is as sure as it is right, as it comes and with the temperature that fits its dev rows. */
export function CalibrationPanel({ view }: { readonly view: ArtifactView<RunRecord> }) {
  const t = useT();
  const [when, setWhen] = useState<(typeof WHEN)[number]>('before');
  const { test, temperature } = view.result;
  const { calibration, rows } = test;
  if (calibration === null) {
    return <p className="muted">{t('stage.competitiveness.screen.models.calibrationNone')}</p>;
  }
  const bins = temperature !== null && when === 'after' ? temperature.after.bins : calibration.bins;
  return (
    <div className="calibration">
      <ReliabilityChart
        bins={bins.map((bin) => ({
          ...bin,
          text: t('stage.competitiveness.screen.models.binRows', {
            low: formatShare(bin.low),
            high: formatShare(bin.high),
            count: bin.rows,
            confidence: formatShare(bin.confidence ?? 0, 1),
            accuracy: formatShare(bin.accuracy ?? 0, 1),
          }),
        }))}
        xLabel={t('stage.competitiveness.screen.models.confidence')}
        yLabel={t('stage.competitiveness.screen.models.accuracy')}
        format={(value) => formatShare(value)}
        exact={(value) => formatShare(value, 1)}
      />
      <div>
        <p>{t('stage.competitiveness.screen.models.calibrationLead')}</p>
        {temperature === null ? (
          <>
            <p>
              {t('stage.competitiveness.screen.models.ece')}{' '}
              <InspectedNumber
                value={calibration.ece}
                unit="share"
                inspected={{
                  title: `${view.result.id} · ${t('stage.competitiveness.screen.models.ece')}`,
                  method: t('stage.competitiveness.screen.models.eceMethod'),
                  n: rows,
                  slot: view.artifact.slot,
                  seed: view.artifact.seed,
                }}
              />
            </p>
            <p className="muted">{t('stage.competitiveness.screen.models.temperature.none')}</p>
          </>
        ) : (
          <>
            <Segmented
              size="small"
              value={when}
              options={WHEN.map((value) => ({
                value,
                label: t(`stage.competitiveness.screen.models.temperature.${value}`, {
                  temperature: formatNumber(temperature.temperature, 2),
                }),
              }))}
              onChange={setWhen}
              aria-label={t('stage.competitiveness.screen.models.temperature.which')}
              data-testid="competitiveness-calibration-when"
            />
            <TemperatureTable view={view} temperature={temperature} />
          </>
        )}
      </div>
    </div>
  );
}
