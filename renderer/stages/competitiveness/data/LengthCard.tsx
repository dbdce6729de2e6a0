import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { PreparedData } from '../../../../shared/stages/competitiveness/contract.ts';
import { useT } from '../../../app/language.ts';
import { Histogram } from '../../../charts/Histogram.tsx';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';

interface Props {
  readonly view: ArtifactView<PreparedData>;
  /** Name of the base model whose tokeniser counted. */
  readonly model: string;
}

/** How long texts are, and what the limit cuts off. */
export function LengthCard({ view, model }: Props) {
  const t = useT();
  const { lengths, rows } = view.result.check;
  if (lengths === null) return null;
  return (
    <Card title={t('stage.competitiveness.screen.data.lengths')} testId="competitiveness-data-lengths">
      <p className="muted">
        {t('stage.competitiveness.screen.data.lengthsLead', {
          p50: formatNumber(lengths.p50),
          p95: formatNumber(lengths.p95),
          max: lengths.max,
        })}
      </p>
      <Histogram
        bins={lengths.histogram.map(({ from, to, rows: count }) => ({
          from,
          to,
          count,
          text: t('stage.competitiveness.screen.data.histogramBar', { from, to, count }),
        }))}
        label={t('stage.competitiveness.screen.data.histogramLabel')}
        limit={{
          value: lengths.maxLength,
          name: t('stage.competitiveness.screen.data.limit', { maxLength: lengths.maxLength }),
        }}
      />
      <p>
        {lengths.truncated > 0 && <span className="attention-words">▲ </span>}
        {t('stage.competitiveness.screen.data.truncated', { maxLength: lengths.maxLength })}{' '}
        <InspectedNumber
          value={lengths.truncated}
          inspected={{
            title: t('stage.competitiveness.screen.data.truncated', { maxLength: lengths.maxLength }),
            method: t('stage.competitiveness.screen.data.truncatedMethod', { model }),
            n: rows,
            slot: view.artifact.slot,
          }}
        />{' '}
        <span className="muted">{formatShare(lengths.truncatedShare, 1)}</span>
      </p>
    </Card>
  );
}
