import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { ReliabilityChart } from '../../../charts/ReliabilityChart.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';

/** Whether a model is as sure as it is right. */
export function CalibrationPanel({ view }: { readonly view: ArtifactView<RunRecord> }) {
  const t = useT();
  const { calibration, rows } = view.result.test;
  if (calibration === null) {
    return <p className="muted">{t('stage.competitiveness.screen.models.calibrationNone')}</p>;
  }
  return (
    <div className="calibration">
      <ReliabilityChart
        bins={calibration.bins.map((bin) => ({
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
      </div>
    </div>
  );
}
