import type { Output } from '../../../../shared/contract/index.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { ScatterQuadrant } from '../../../charts/ScatterQuadrant.tsx';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { DriverTable } from './DriverTable.tsx';

type View = NonNullable<Output<'demand.drivers'>>;

/** What drives the outcome: the table of items, how much is explained in all, and the base it rests on. */
export function DriverResult({ view }: { readonly view: View }) {
  const t = useT();
  const { result, artifact } = view;
  const interval = boundsOf(result.rSquaredInterval.low, result.rSquaredInterval.high);
  return (
    <Card
      flush
      title={t('stage.demand.screen.drivers.resultTitle', { outcome: result.outcome.name })}
      extra={
        <span className="muted number">
          R²{' '}
          <InspectedNumber
            value={result.rSquared}
            unit="plain"
            decimals={2}
            interval={interval}
            inspected={{
              title: 'R²',
              n: result.n,
              seed: artifact.seed,
              slot: artifact.slot,
              method: t('stage.demand.screen.drivers.rSquaredMethod', {
                outcome: result.outcome.name,
                adjusted: result.adjustedRSquared === null ? '—' : formatNumber(result.adjustedRSquared, 2),
              }),
            }}
          />
        </span>
      }
      testId="demand-drivers-result"
    >
      {result.collinear && (
        <div className="notice notice-attention" role="status">
          ▲ {t('stage.demand.screen.drivers.collinear')}
        </div>
      )}
      <DriverTable result={result} artifact={artifact} />
      <p className="card-note muted">
        {t('stage.demand.screen.drivers.base', { n: result.n, leftOut: result.leftOut, resamples: result.resamples })}
      </p>
      <ArtifactStamp artifact={artifact} n={result.n} method={t('stage.demand.screen.drivers.johnson')} />
    </Card>
  );
}

/** Importance against performance: what matters much and is done badly comes first. */
export function DriverQuadrant({ view }: { readonly view: View }) {
  const t = useT();
  const { result, artifact } = view;
  const points = result.items.flatMap(({ columnId, name, share, performance, low, high }) => {
    if (share === null || performance === null) return [];
    const yInterval = boundsOf(low, high);
    return [
      { id: columnId, name, x: performance, y: share, n: result.n, ...(yInterval === null ? {} : { yInterval }) },
    ];
  });
  if (points.length < 2) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return (
    <Card title={t('stage.demand.screen.drivers.quadrant')} testId="demand-drivers-quadrant">
      <div className="chart-frame">
        <ScatterQuadrant
          points={points}
          width={720}
          height={340}
          x={{
            label: t('stage.demand.screen.drivers.performance'),
            format: (value) => formatNumber(value, 2),
            split: mean(points.map(({ x }) => x)),
          }}
          y={{
            label: t('stage.demand.screen.drivers.shareValue'),
            format: (value) => formatShare(value),
            exact: (value) => formatShare(value, 1),
            split: mean(points.map(({ y }) => y)),
          }}
          zone={{ name: t('chart.fixFirst'), corner: 'top-left' }}
          onSelect={(id) => {
            const point = points.find((candidate) => candidate.id === id);
            if (point === undefined) return;
            inspect({
              title: point.name,
              value: formatShare(point.y, 1),
              ...(point.yInterval === undefined
                ? {}
                : { interval: { low: formatShare(point.yInterval[0], 1), high: formatShare(point.yInterval[1], 1) } }),
              n: result.n,
              seed: artifact.seed,
              slot: artifact.slot,
              method: t('stage.demand.screen.drivers.quadrantMethod', { performance: formatNumber(point.x, 2) }),
            });
          }}
        />
      </div>
      <p className="muted">{t('stage.demand.screen.drivers.quadrantGloss')}</p>
    </Card>
  );
}
