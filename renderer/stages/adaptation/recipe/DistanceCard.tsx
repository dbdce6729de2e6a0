import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { RecipeResult } from '../../../../shared/stages/adaptation/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { BandPlot } from '../../../charts/BandPlot.tsx';
import { Card } from '../../../components/Card.tsx';

/** How far the scenario's texts are from those that the source learned from: AUC against its permutation band. */
export function DistanceCard({ view: { artifact, result } }: { readonly view: ArtifactView<RecipeResult> }) {
  const t = useT();
  const { distance } = result;
  const title = t('stage.adaptation.screen.recipeStep.distance');
  if (distance === null) {
    return (
      <Card title={title}>
        <p className="muted">{t('stage.adaptation.screen.recipeStep.distanceNone')}</p>
      </Card>
    );
  }
  const auc = formatNumber(distance.auc, 3);
  const method = t('stage.adaptation.screen.recipeStep.distanceMethod', {
    scenario: distance.scenarioRows,
    source: distance.sourceRows,
    folds: distance.folds,
  });
  return (
    <Card title={title} testId="adaptation-recipe-distance">
      <p>
        <span className={distance.differs ? 'tag tag-attention' : 'tag tag-accent'}>
          {distance.differs ? '◆' : '●'}
        </span>{' '}
        {t(`stage.adaptation.screen.recipeStep.${distance.differs ? 'distanceDiffers' : 'distanceSame'}`, { auc })}
      </p>
      <BandPlot
        rows={[
          {
            id: 'all',
            name: `${result.scenarioId} – ${result.sourceId}`,
            value: distance.auc,
            band: [distance.bandLow, distance.bandHigh],
            flagged: distance.differs,
            text: `${auc} (p = ${formatNumber(distance.pValue, 3)})`,
          },
        ]}
        label={t('stage.adaptation.screen.recipeStep.distanceLabel')}
        bandName={t('stage.adaptation.screen.recipeStep.distanceBand', { permutations: distance.permutations })}
        format={(value) => formatNumber(value, 1)}
        exact={(value) => formatNumber(value, 3)}
        domain={[Math.min(0.4, distance.bandLow), 1]}
        onSelect={() =>
          inspect({
            title,
            value: auc,
            interval: { low: formatNumber(distance.bandLow, 3), high: formatNumber(distance.bandHigh, 3) },
            n: distance.scenarioRows + distance.sourceRows,
            method,
            seed: artifact.seed,
            slot: artifact.slot,
          })
        }
        width={560}
      />
      <p className="muted small">{method}</p>
    </Card>
  );
}
