import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { durationText } from '../../../components/time.ts';

type RunView = ArtifactView<RunRecord>;

/** Accuracy or macro-F1 as a mean over seeds; nothing for a run from one seed. */
export function SeedMean({ view, figure }: { readonly view: RunView; readonly figure: 'accuracy' | 'macroF1' }) {
  const t = useT();
  const { id, seeds } = view.result;
  if (seeds === undefined) return null;
  const { mean, low, high, deviation } = seeds[figure];
  const word = t(`stage.competitiveness.screen.models.${figure}`);
  return (
    <div className="muted small">
      {t('training.seeds.meanOf', { count: seeds.runs.length })}{' '}
      <InspectedNumber
        value={mean}
        unit="share"
        interval={[low, high]}
        inspected={{
          title: `${id} · ${word} · ${t('training.seeds.title')}`,
          method: t('training.seeds.method', { seeds: seeds.runs.length, deviation: formatShare(deviation, 2) }),
          n: seeds.runs.length,
          slot: view.artifact.slot,
        }}
      />
    </div>
  );
}

/** Every seed of a run with what came of it, and which is kept. */
export function SeedsPanel({ view }: { readonly view: RunView }) {
  const t = useT();
  const { id, seeds, test } = view.result;
  if (seeds === undefined) return null;
  const heads = {
    dev: t('training.seeds.dev'),
    accuracy: t('stage.competitiveness.screen.models.accuracy'),
    macroF1: t('stage.competitiveness.screen.models.macroF1'),
  };
  return (
    <div data-testid="competitiveness-seeds">
      <p>{t('training.seeds.lead')}</p>
      <dl className="facts">
        {(['accuracy', 'macroF1'] as const).map((figure) => (
          <div key={figure}>
            <dt>{t(`stage.competitiveness.screen.models.${figure}`)}</dt>
            <dd>
              <SeedMean view={view} figure={figure} />
            </dd>
          </div>
        ))}
      </dl>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('stage.competitiveness.screen.models.seed')}</th>
            <th scope="col">{heads.dev}</th>
            <th scope="col">{heads.accuracy}</th>
            <th scope="col">{heads.macroF1}</th>
            <th scope="col">{t('stage.competitiveness.screen.models.configSteps')}</th>
            <th scope="col">{t('stage.competitiveness.screen.models.configTook')}</th>
          </tr>
        </thead>
        <tbody>
          {seeds.runs.map((run) => (
            <tr key={run.seed} className={run.seed === seeds.kept ? 'row-chosen' : ''}>
              <th scope="row">
                {run.seed}{' '}
                {run.seed === seeds.kept && <span className="muted">{t(`training.seeds.keptBy.${seeds.keptBy}`)}</span>}
              </th>
              {(['dev', 'accuracy', 'macroF1'] as const).map((figure) => (
                <td key={figure} className="number">
                  <InspectedNumber
                    value={run[figure]}
                    unit="share"
                    inspected={{
                      title: `${id} · ${heads[figure]}`,
                      method: t(`training.seeds.${figure === 'dev' ? 'oneOnDev' : 'oneOnTest'}`),
                      ...(figure === 'dev' ? {} : { n: test.rows }),
                      slot: view.artifact.slot,
                      seed: run.seed,
                    }}
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
  );
}
