import { formatNumber, formatShare } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { InspectedNumber } from './InspectedNumber.tsx';
import { NumberText } from './NumberText.tsx';
import { durationText } from './time.ts';

/** Whose seeds they are. */
interface Origin {
  readonly id: string;
  readonly slot: string;
}

/** A figure in words and in its unit. */
interface FigureName {
  readonly word: string;
  readonly shown: { readonly unit: 'share' } | { readonly unit: 'plain'; readonly decimals: number };
}

interface FigureMean extends FigureName {
  /** Student's interval, 95 %; null where it is not defined for every seed. */
  readonly mean: {
    readonly mean: number;
    readonly deviation: number;
    readonly low: number;
    readonly high: number;
  } | null;
}

export interface SeedFigure<R> extends FigureMean {
  readonly id: string;
  /** On the locked test rows. */
  of(run: R): number | null;
}

interface SeedRun {
  readonly seed: number;
  readonly dev: number | null;
  readonly steps: number;
  readonly trainDurationMs: number;
}

/** A figure as a mean over seeds. */
export function SeedMean({
  id,
  slot,
  count,
  figure,
}: Origin & { readonly count: number; readonly figure: FigureMean }) {
  const t = useT();
  const { word, mean, shown } = figure;
  if (mean === null) return <NumberText value={null} />;
  const deviation =
    shown.unit === 'share' ? formatShare(mean.deviation, 2) : formatNumber(mean.deviation, shown.decimals);
  return (
    <div className="muted small">
      {t('training.seeds.meanOf', { count })}{' '}
      <InspectedNumber
        value={mean.mean}
        {...shown}
        interval={[mean.low, mean.high]}
        inspected={{
          title: `${id} · ${word} · ${t('training.seeds.title')}`,
          method: t('training.seeds.method', { seeds: count, deviation }),
          n: count,
          slot,
        }}
      />
    </div>
  );
}

interface Props<R extends SeedRun> extends Origin {
  readonly seeds: { readonly kept: number; readonly keptBy: 'dev' | 'first'; readonly runs: readonly R[] };
  /** The figure by which the kept one was chosen. */
  readonly dev: FigureName;
  readonly figures: readonly SeedFigure<R>[];
  /** Locked test rows. */
  readonly rows: number;
  readonly testId: string;
}

/** Every seed of a run with what came of it, and which is kept. */
export function SeedsTable<R extends SeedRun>({ id, slot, seeds, dev, figures, rows, testId }: Props<R>) {
  const t = useT();
  const inspected = (word: string, method: 'oneOnDev' | 'oneOnTest', seed: number) => ({
    title: `${id} · ${word}`,
    method: t(`training.seeds.${method}`),
    ...(method === 'oneOnDev' ? {} : { n: rows }),
    slot,
    seed,
  });
  return (
    <div data-testid={testId}>
      <p>{t('training.seeds.lead')}</p>
      <dl className="facts">
        {figures.map((figure) => (
          <div key={figure.id}>
            <dt>{figure.word}</dt>
            <dd>
              <SeedMean id={id} slot={slot} count={seeds.runs.length} figure={figure} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('stage.competitiveness.screen.models.seed')}</th>
              <th scope="col">{dev.word}</th>
              {figures.map((figure) => (
                <th key={figure.id} scope="col">
                  {figure.word}
                </th>
              ))}
              <th scope="col">{t('stage.competitiveness.screen.models.configSteps')}</th>
              <th scope="col">{t('stage.competitiveness.screen.models.configTook')}</th>
            </tr>
          </thead>
          <tbody>
            {seeds.runs.map((run) => (
              <tr key={run.seed} className={run.seed === seeds.kept ? 'row-chosen' : ''}>
                <th scope="row">
                  {run.seed}{' '}
                  {run.seed === seeds.kept && (
                    <span className="muted">{t(`training.seeds.keptBy.${seeds.keptBy}`)}</span>
                  )}
                </th>
                <td className="number">
                  <InspectedNumber
                    value={run.dev}
                    {...dev.shown}
                    inspected={inspected(dev.word, 'oneOnDev', run.seed)}
                  />
                </td>
                {figures.map((figure) => (
                  <td key={figure.id} className="number">
                    <InspectedNumber
                      value={figure.of(run)}
                      {...figure.shown}
                      inspected={inspected(figure.word, 'oneOnTest', run.seed)}
                    />
                  </td>
                ))}
                <td className="number">{formatNumber(run.steps)}</td>
                <td className="number">{durationText(t, run.trainDurationMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
