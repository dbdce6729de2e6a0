import { Button, InputNumber, Segmented, Select } from 'antd';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { ExperimentResult } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import type { GainSource, OtherStrategy } from '../../../../shared/stages/competitiveness/strategy/choice.ts';
import { useT } from '../../../app/language.ts';

type Gain = OtherStrategy['gains'][number];

interface Props {
  readonly gain: Gain;
  readonly needs: readonly { readonly value: string; readonly label: string }[];
  readonly experiments: readonly ExperimentResult[];
  readonly onChange: (gain: Gain) => void;
  readonly onRemove: () => void;
}

const POINTS = 100;

/** Every metric of every arm that could stand behind a gain, primary metrics first. */
function linksOf(experiments: readonly ExperimentResult[]) {
  return experiments.flatMap(({ id, metrics, sampleRatio, controlArm }) =>
    metrics
      .toSorted((a, b) => Number(b.role === 'primary') - Number(a.role === 'primary'))
      .flatMap((metric) =>
        metric.effects.map((effect) => ({
          source: { type: 'experiment' as const, experimentId: id, metric: metric.id, arm: effect.arm },
          name: `${id} · ${metric.name} · ${effect.arm}`,
          gain: effect.gain,
          blocked: sampleRatio.blocked,
          n: metric.arms
            .filter(({ arm }) => arm === effect.arm || arm === controlArm)
            .reduce((sum, { n }) => sum + n, 0),
        })),
      ),
  );
}

function keyOf(source: GainSource): string {
  return source.type === 'experiment' ? JSON.stringify([source.experimentId, source.metric, source.arm]) : '';
}

/** A gain on a need: an estimate from low to high, or the effect of an experiment. */
export function GainFields({ gain, needs, experiments, onChange, onRemove }: Props) {
  const t = useT();
  const { source } = gain;
  const links = linksOf(experiments);
  const chosen = links.find((link) => keyOf(link.source) === keyOf(source));
  const first = links.find((link) => link.gain !== null) ?? links[0];
  return (
    <div className="form-row">
      <Select
        className="form-wide"
        value={gain.needId}
        options={[...needs]}
        aria-label={t('stage.competitiveness.screen.strategy.need')}
        onChange={(needId: string) => onChange({ ...gain, needId })}
      />
      <Segmented
        size="small"
        value={source.type}
        aria-label={t('stage.competitiveness.screen.strategy.sourceLabel')}
        options={[
          { value: 'assumed', label: t('stage.competitiveness.screen.strategy.source.assumed') },
          {
            value: 'experiment',
            label: t('stage.competitiveness.screen.strategy.source.experiment'),
            disabled: first === undefined,
            title: first === undefined ? t('stage.competitiveness.screen.strategy.experimentNone') : '',
          },
        ]}
        onChange={(type) =>
          onChange({
            ...gain,
            source:
              type === 'experiment' && first !== undefined ? first.source : { type: 'assumed', low: 0, high: 0.05 },
          })
        }
      />
      {source.type === 'assumed' ? (
        <>
          <InputNumber
            value={Number((source.low * POINTS).toFixed(2))}
            aria-label={t('stage.competitiveness.screen.strategy.gainLow')}
            onChange={(value) => value !== null && onChange({ ...gain, source: { ...source, low: value / POINTS } })}
          />
          <span>{t('stage.competitiveness.screen.strategy.to')}</span>
          <InputNumber
            value={Number((source.high * POINTS).toFixed(2))}
            aria-label={t('stage.competitiveness.screen.strategy.gainHigh')}
            onChange={(value) => value !== null && onChange({ ...gain, source: { ...source, high: value / POINTS } })}
          />
          <span className="muted">{t('stage.competitiveness.screen.models.points')}</span>
        </>
      ) : (
        <>
          <Select
            className="form-wide"
            value={keyOf(source)}
            options={links.map((link) => ({
              value: keyOf(link.source),
              label: link.blocked
                ? `${link.name} (${t('stage.competitiveness.screen.strategy.experimentBlocked')})`
                : link.name,
            }))}
            aria-label={t('stage.competitiveness.screen.strategy.experimentLabel')}
            onChange={(key: string) => {
              const link = links.find((candidate) => keyOf(candidate.source) === key);
              if (link !== undefined) onChange({ ...gain, source: link.source });
            }}
          />
          {chosen !== undefined && chosen.gain !== null && (
            <span className="muted number">
              {t('stage.competitiveness.screen.strategy.effectShown', {
                value: `${chosen.gain.value > 0 ? '+' : ''}${formatNumber(chosen.gain.value * POINTS, 1)}`,
                low: formatNumber(chosen.gain.low * POINTS, 1),
                high: formatNumber(chosen.gain.high * POINTS, 1),
                n: chosen.n,
              })}
            </span>
          )}
        </>
      )}
      <Button size="small" type="text" onClick={onRemove}>
        {t('stage.competitiveness.screen.strategy.remove')}
      </Button>
    </div>
  );
}
