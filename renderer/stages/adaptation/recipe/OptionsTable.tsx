import { Radio, Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShort } from '../../../../shared/i18n/number.ts';
import type { RecipeId, RecipeOption, RecipeResult } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell, spanOf } from '../../../charts/RangeCell.tsx';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { durationText } from '../../../components/time.ts';

interface Props {
  readonly view: ArtifactView<RecipeResult>;
  readonly chosen: RecipeId;
  readonly onChoose: (recipe: RecipeId) => void;
}

const MILLISECONDS = 1000;

/** Every way with what it gives and costs; the one to take is chosen here. */
export function OptionsTable({ view: { artifact, result }, chosen, onChoose }: Props) {
  const t = useT();
  const origin = { slot: artifact.slot, seed: artifact.seed, n: result.devRows };
  const bounds = result.options.flatMap(({ devAccuracy }) =>
    devAccuracy === null ? [] : [devAccuracy.low, devAccuracy.high],
  );
  const span = spanOf([...bounds, ...(result.accuracyLimit === null ? [] : [result.accuracyLimit]), 1]);
  const seconds = (recipe: RecipeId) => result.seconds.find((entry) => entry.recipe === recipe)?.seconds ?? null;
  return (
    <Card flush title={t('stage.adaptation.screen.recipeStep.options')} testId="adaptation-recipe-options">
      <Table<RecipeOption>
        size="small"
        rowKey="recipe"
        dataSource={[...result.options]}
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowClassName={({ recipe }) => (recipe === chosen ? 'row-chosen' : '')}
        onRow={({ recipe, applicable }) => ({
          onClick: () => applicable && onChoose(recipe),
          'data-testid': `adaptation-option-${recipe}`,
        })}
        columns={[
          {
            title: t('stage.adaptation.screen.recipeStep.recipe'),
            key: 'recipe',
            render: (_, { recipe, applicable, codes }) => (
              <div className="option-name">
                <Radio
                  checked={recipe === chosen}
                  disabled={!applicable}
                  onChange={() => onChoose(recipe)}
                  aria-label={t(`stage.adaptation.screen.recipe.${recipe}`)}
                >
                  <strong>{t(`stage.adaptation.screen.recipe.${recipe}`)}</strong>
                </Radio>
                {recipe === result.recommended && (
                  <span className="tag tag-accent">★ {t('stage.adaptation.screen.recipeStep.recommended')}</span>
                )}
                {!applicable && <span className="tag">✕ {t('stage.adaptation.screen.recipeStep.notApplicable')}</span>}
                <div className="muted small">
                  {codes.length === 0
                    ? t(`stage.adaptation.screen.recipeMeans.${recipe}`)
                    : codes.map((code) => t(`stage.adaptation.screen.code.${code}`)).join(' ')}
                </div>
              </div>
            ),
          },
          {
            title: t('stage.adaptation.screen.recipeStep.devAccuracy'),
            key: 'accuracy',
            sorter: (a, b) => (a.devAccuracy?.value ?? -1) - (b.devAccuracy?.value ?? -1),
            render: (_, { recipe, devAccuracy }) =>
              devAccuracy === null ? (
                <span className="faint small">{t('stage.adaptation.screen.recipeStep.mustTrain')}</span>
              ) : (
                <div className="score-cell">
                  <RangeCell
                    value={devAccuracy.value}
                    interval={[devAccuracy.low, devAccuracy.high]}
                    span={span}
                    limit={
                      result.accuracyLimit === null ? null : { value: result.accuracyLimit, direction: 'at-least' }
                    }
                    label={t(`stage.adaptation.screen.recipe.${recipe}`)}
                    width={100}
                  />
                  <InspectedNumber
                    value={devAccuracy.value}
                    unit="share"
                    interval={[devAccuracy.low, devAccuracy.high]}
                    inspected={{
                      ...origin,
                      title: `${t(`stage.adaptation.screen.recipe.${recipe}`)} · ${t('stage.adaptation.screen.recipeStep.devAccuracy')}`,
                      method: t('stage.adaptation.screen.recipeStep.devMethod'),
                    }}
                  />
                </div>
              ),
          },
          {
            title: t('stage.adaptation.screen.recipeStep.cost'),
            key: 'cost',
            align: 'right',
            sorter: (a, b) => (a.costPerThousand ?? Infinity) - (b.costPerThousand ?? Infinity),
            render: (_, { recipe, costPerThousand }) => (
              <InspectedNumber
                value={costPerThousand}
                unit="plain"
                decimals={0}
                inspected={{
                  ...origin,
                  title: `${t(`stage.adaptation.screen.recipe.${recipe}`)} · ${t('stage.adaptation.screen.recipeStep.cost')}`,
                  method: t('stage.adaptation.screen.recipeStep.costMethod'),
                }}
              />
            ),
          },
          {
            title: t('stage.adaptation.screen.recipeStep.human'),
            key: 'human',
            align: 'right',
            render: (_, { recipe, humanShare }) => (
              <InspectedNumber
                value={humanShare}
                unit="share"
                decimals={0}
                inspected={{
                  ...origin,
                  title: `${t(`stage.adaptation.screen.recipe.${recipe}`)} · ${t('stage.adaptation.screen.recipeStep.human')}`,
                  method: t('stage.adaptation.screen.recipeStep.rejectHint'),
                }}
              />
            ),
          },
          {
            title: t('stage.adaptation.screen.recipeStep.parameters'),
            dataIndex: 'trainableParameters',
            align: 'right',
            className: 'number',
            sorter: (a, b) => a.trainableParameters - b.trainableParameters,
            render: (count: number) => formatShort(count),
          },
          {
            title: t('stage.adaptation.screen.recipeStep.time'),
            key: 'time',
            align: 'right',
            className: 'number',
            render: (_, { recipe, trainingTexts }) => {
              const time = seconds(recipe);
              if (trainingTexts === 0) return t('stage.adaptation.screen.recipeStep.timeNone');
              return time === null
                ? t('stage.adaptation.screen.recipeStep.timeUnknown')
                : `≈ ${durationText(t, time * MILLISECONDS)}`;
            },
          },
        ]}
      />
    </Card>
  );
}
