import type { ReactNode } from 'react';
import { formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import type { Evaluation, RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';

interface Origin {
  /** Whose figure it is. */
  readonly name: string;
  readonly slot: string;
  readonly seed: number;
}

interface Props extends Origin {
  readonly evaluation: Evaluation;
  readonly figure: 'accuracy' | 'macroF1';
}

/** Accuracy or macro-F1 with its interval; it opens with method, rows and seed. */
export function EvaluationFigure({ name, slot, seed, evaluation, figure }: Props): ReactNode {
  const t = useT();
  const estimate = evaluation[figure];
  const word = t(`stage.competitiveness.screen.models.${figure}`);
  return (
    <InspectedNumber
      value={estimate.value}
      unit="share"
      interval={[estimate.low, estimate.high]}
      inspected={{
        title: `${name} · ${word}`,
        method: t(`stage.competitiveness.screen.models.${figure}Method`, { resamples: evaluation.resamples }),
        n: evaluation.rows,
        slot,
        seed,
      }}
    />
  );
}

/** Accuracy weighted by f1, a dash before needs exist. */
export function DemandWeightedFigure({ name, slot, seed, evaluation }: Origin & { readonly evaluation: Evaluation }) {
  const t = useT();
  const weighted = evaluation.demandWeighted;
  return (
    <InspectedNumber
      value={weighted?.accuracy.value ?? null}
      unit="share"
      interval={weighted === null ? null : [weighted.accuracy.low, weighted.accuracy.high]}
      inspected={{
        title: `${name} · ${t('stage.competitiveness.screen.models.demandWeighted')}`,
        method: t('stage.competitiveness.screen.models.demandWeightedMethod', {
          share: formatShare(weighted?.coveredWeight ?? 0),
        }),
        n: evaluation.rows,
        slot,
        seed,
      }}
    />
  );
}

/** Median and 95th percentile of the time of one text; each opens with what was measured. A dash where nothing was. */
export function LatencyFigures({ name, slot, latency }: Omit<Origin, 'seed'> & Pick<RunRecord, 'latency'>): ReactNode {
  const t = useT();
  if (latency === null) return <span className="faint">—</span>;
  const method = t('stage.competitiveness.screen.models.latencyMethod', {
    batch: latency.batchSize,
    tokens: latency.tokens,
    threads: latency.threads,
    provider: latency.provider,
    repeats: latency.repeats,
    rate: formatShort(latency.textsPerSecond),
  });
  const figure = (id: 'p50' | 'p95', value: number) => (
    <InspectedNumber
      value={value}
      unit="plain"
      inspected={{
        title: `${name} · ${t(`stage.competitiveness.screen.models.${id}`)}`,
        method,
        n: latency.repeats,
        slot,
      }}
    />
  );
  return (
    <>
      {figure('p50', latency.p50Ms)} / {figure('p95', latency.p95Ms)}
    </>
  );
}
