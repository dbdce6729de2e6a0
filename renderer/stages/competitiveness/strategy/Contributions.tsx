import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type { RankedStrategy, StrategyResult } from '../../../../shared/stages/competitiveness/strategy/results.ts';
import { useT } from '../../../app/language.ts';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { NumberText } from '../../../components/NumberText.tsx';
import type { StrategyNames } from './names.ts';

interface Props {
  readonly strategy: RankedStrategy;
  readonly view: ArtifactView<StrategyResult>;
  readonly names: StrategyNames;
}

const POINTS = 100;
const BASIS_TONE = {
  measured: 'tag-accent',
  experiment: 'tag-accent',
  assumption: 'tag-attention',
  unmeasured: '',
} as const;

/** What each need adds to a strategy's score, heaviest need first, and what that rests on. */
export function Contributions({ strategy, view, names }: Props) {
  const t = useT();
  const origin = { slot: view.artifact.slot, seed: view.artifact.seed };
  const rows = [...strategy.contributions].sort((a, b) => b.weight - a.weight);
  const title = (need: string, what: 'weight' | 'gain' | 'contribution') =>
    t('stage.competitiveness.screen.strategy.needValue', {
      strategy: names.strategy(strategy.id),
      need,
      what: t(`stage.competitiveness.screen.strategy.${what}`),
    });
  return (
    <div className="contributions">
      <table className="figures-table">
        <thead>
          <tr>
            <th scope="col">{t('stage.competitiveness.screen.strategy.need')}</th>
            <th scope="col">{t('stage.competitiveness.screen.strategy.weight')}</th>
            <th scope="col">{t('stage.competitiveness.screen.strategy.gain')}</th>
            <th scope="col">{t('stage.competitiveness.screen.strategy.contribution')}</th>
            <th scope="col">{t('stage.competitiveness.screen.strategy.testRows')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ needId, basis, weight, gain, contribution, rows: testRows, source }) => {
            const need = names.need(needId);
            const n = source?.units ?? testRows;
            const drawn = view.result.needs.find((entry) => entry.needId === needId)?.weight;
            return (
              <tr key={needId}>
                <th scope="row">{need}</th>
                <td>
                  <InspectedNumber
                    value={weight}
                    unit="share"
                    interval={drawn === undefined ? null : [drawn.low, drawn.high]}
                    inspected={{
                      title: title(need, 'weight'),
                      method: t('stage.competitiveness.screen.strategy.weightMethod'),
                      slot: 'demand.needs',
                      ref: { type: 'need', needId, segment: null },
                    }}
                  />
                </td>
                <td>
                  <InspectedNumber
                    value={gain === null ? null : gain.value * POINTS}
                    unit="points"
                    decimals={1}
                    interval={gain === null ? null : [gain.low * POINTS, gain.high * POINTS]}
                    inspected={{
                      ...origin,
                      title: title(need, 'gain'),
                      method:
                        source === null
                          ? t('stage.competitiveness.screen.strategy.gainMethod')
                          : t('stage.competitiveness.screen.strategy.experimentGainMethod', {
                              experiment: source.experimentId,
                              metric: source.metric,
                              arm: source.arm,
                            }),
                      n,
                    }}
                  />
                </td>
                <td>
                  <InspectedNumber
                    value={contribution * POINTS}
                    unit="points"
                    decimals={2}
                    inspected={{
                      ...origin,
                      title: title(need, 'contribution'),
                      method: t('stage.competitiveness.screen.strategy.contributionMethod'),
                      n,
                    }}
                  />
                </td>
                <td>
                  {source === null ? (
                    <NumberText value={testRows} />
                  ) : (
                    t('stage.competitiveness.screen.strategy.users', { n: source.units })
                  )}
                </td>
                <td>
                  <span className={`tag ${BASIS_TONE[basis]}`}>
                    {t(`stage.competitiveness.screen.strategy.basis.${basis}`)}
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {strategy.uncoveredWeight > 0 && (
        <p className="muted">
          {t('stage.competitiveness.screen.strategy.uncovered', { share: formatShare(strategy.uncoveredWeight) })}
        </p>
      )}
    </div>
  );
}
