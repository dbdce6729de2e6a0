import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type { RecipeResult } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell, spanOf } from '../../../charts/RangeCell.tsx';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { noticeLines } from '../words.ts';

interface Props {
  readonly view: ArtifactView<RecipeResult>;
  readonly needs: ReadonlyMap<string, string>;
}

/** What to do, why, and the four facts that it rests on. */
export function AnswerCard({ view: { artifact, result }, needs }: Props) {
  const t = useT();
  const origin = { slot: artifact.slot, seed: artifact.seed };
  const { zeroShot, accuracyLimit } = result;
  return (
    <Card testId="adaptation-recipe-answer">
      <p className="answer" data-recipe={result.recommended}>
        {t('stage.adaptation.screen.recipeStep.answer', {
          recipe: t(`stage.adaptation.screen.recipe.${result.recommended}`),
        })}
      </p>
      <p>{t(`stage.adaptation.screen.recipeMeans.${result.recommended}`)}</p>
      <ul className="reasons">
        {result.reasons.map((code) => (
          <li key={code} data-code={code}>
            {t(`stage.adaptation.screen.code.${code}`)}
          </li>
        ))}
      </ul>
      <dl className="key-figures">
        <div>
          <dt>{t('stage.adaptation.screen.recipeStep.zeroShot')}</dt>
          <dd>
            <InspectedNumber
              value={zeroShot?.value ?? null}
              unit="share"
              interval={zeroShot === null ? null : [zeroShot.low, zeroShot.high]}
              inspected={{
                ...origin,
                title: `${result.sourceId} · ${t('stage.adaptation.screen.recipeStep.zeroShot')}`,
                n: result.devRows,
                method: t('stage.adaptation.screen.recipeStep.zeroShotMethod'),
              }}
            />
            {zeroShot !== null && (
              <RangeCell
                value={zeroShot.value}
                interval={[zeroShot.low, zeroShot.high]}
                span={spanOf([zeroShot.low, zeroShot.high, accuracyLimit ?? zeroShot.value, 1])}
                limit={accuracyLimit === null ? null : { value: accuracyLimit, direction: 'at-least' }}
                tone={accuracyLimit !== null && zeroShot.value < accuracyLimit ? 'failed' : 'accent'}
                label={formatShare(zeroShot.value, 1)}
                width={150}
              />
            )}
            <span className="muted small">
              {accuracyLimit === null
                ? t('stage.adaptation.screen.recipeStep.noLimit')
                : t('stage.adaptation.screen.recipeStep.limit', { limit: formatShare(accuracyLimit, 1) })}
            </span>
          </dd>
        </div>
        <div>
          <dt>{t('stage.adaptation.screen.recipeStep.overlap')}</dt>
          <dd>
            <InspectedNumber
              value={result.labelOverlap}
              unit="share"
              decimals={0}
              inspected={{
                ...origin,
                title: t('stage.adaptation.screen.recipeStep.overlap'),
                method: t('stage.adaptation.screen.recipeStep.overlapMethod'),
                ref: { type: 'scenarioData', scenarioId: result.scenarioId, label: null, part: 'all' },
              }}
            />
          </dd>
        </div>
        <div>
          <dt>{t('stage.adaptation.screen.recipeStep.perClass')}</dt>
          <dd>
            <InspectedNumber
              value={result.medianTrainRows}
              inspected={{
                ...origin,
                title: t('stage.adaptation.screen.recipeStep.perClass'),
                method: t('stage.adaptation.screen.recipeStep.perClassMethod', {
                  smallest: result.smallestTrainRows,
                }),
                ref: { type: 'scenarioData', scenarioId: result.scenarioId, label: null, part: 'train' },
              }}
            />
            <span className="muted small">
              {t('stage.adaptation.screen.recipeStep.smallest')} {result.smallestTrainRows}
            </span>
          </dd>
        </div>
      </dl>
      <NoticeList lines={noticeLines(t, result.notices, needs)} />
      <ArtifactStamp artifact={artifact} n={result.devRows} />
    </Card>
  );
}
