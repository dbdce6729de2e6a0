import { Button, Table } from 'antd';
import { useState } from 'react';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import { madeFrom } from '../../../../shared/stages/adaptation/made-from.ts';
import type { AdaptedModel } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { AccuracyCell, ForgettingCell, GainCell } from '../../../components/AdaptedCells.tsx';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { VerdictTag } from '../../competitiveness/compression/VerdictTag.tsx';
import { useAdaptation } from '../store.ts';
import { areOfSeeds, SeedsCell } from './SeedsCell.tsx';

type ModelView = ArtifactView<AdaptedModel>;

interface Props {
  readonly models: readonly ModelView[];
  readonly selected: string | null;
  readonly scenarioNames: ReadonlyMap<string, string>;
}

/** All adapted models with accuracy, hand-over and what they forgot. */
export function ModelsTable({ models, selected, scenarioNames }: Props) {
  const t = useT();
  const { send, busy, error, clear } = useCommand();
  const [asked, setAsked] = useState<string | null>(null);
  const chosen = models.find(({ result }) => result.id === selected);
  const against = chosen !== undefined && models.some((view) => areOfSeeds(view, chosen)) ? chosen : undefined;
  const choose = (selectedModel: string) => useAdaptation.setState({ selectedModel });
  if (models.length === 0) {
    return (
      <Card>
        <EmptyState
          title={t('stage.adaptation.screen.recipeStep.modelsNone')}
          hint={t('stage.adaptation.screen.recipeStep.modelsNoneHint')}
        />
      </Card>
    );
  }
  return (
    <Card flush title={t('stage.adaptation.screen.recipeStep.models')} testId="adaptation-models">
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      {asked !== null && (
        <div className="notice notice-attention" role="alert">
          <span>▲ {t('stage.adaptation.screen.recipeStep.removeAsk', { id: asked })}</span>
          <Button
            size="small"
            danger
            disabled={busy}
            onClick={() => void send('adaptation.removeModel', { modelId: asked }).then(() => setAsked(null))}
          >
            {t('stage.adaptation.screen.scenarios.removeYes')}
          </Button>
          <Button size="small" onClick={() => setAsked(null)}>
            {t('action.cancel')}
          </Button>
        </div>
      )}
      <Table<ModelView>
        size="small"
        rowKey={({ result }) => result.id}
        dataSource={[...models]}
        pagination={false}
        scroll={{ x: 'max-content' }}
        onRow={({ result }) => ({
          onClick: () => choose(result.id),
          'data-testid': `adaptation-model-${result.id}`,
        })}
        rowClassName={({ result }) => (result.id === selected ? 'row-chosen' : '')}
        columns={[
          {
            title: t('stage.adaptation.screen.recipeStep.model'),
            key: 'model',
            render: (_, { result, artifact }) => (
              <div className="run-model">
                <button type="button" className="link" onClick={() => choose(result.id)}>
                  <strong>{result.id}</strong>
                </button>{' '}
                {result.name}{' '}
                {artifact.stale.length > 0 && (
                  <span className="tag tag-attention">▲ {t('stage.adaptation.screen.matrix.stale')}</span>
                )}
                <div className="muted small">
                  {scenarioNames.get(result.scenarioId) ?? result.scenarioId} ·{' '}
                  {t(`stage.adaptation.screen.recipe.${result.recipe}`)}
                  {result.compression !== null &&
                    ` · ${t(`stage.competitiveness.screen.compression.techniques.${result.compression.technique}`)}`}{' '}
                  ← {madeFrom(result)}
                </div>
                {result.gate !== null && <VerdictTag gate={result.gate} />}
              </div>
            ),
          },
          {
            title: t('stage.adaptation.screen.recipeStep.accuracy'),
            key: 'accuracy',
            sorter: (a, b) => a.result.test.accuracy.value - b.result.test.accuracy.value,
            render: (_, view) => <AccuracyCell view={view} />,
          },
          ...(against === undefined
            ? []
            : [
                {
                  title: t('stage.adaptation.screen.recipeStep.againstSeeds', { id: against.result.id }),
                  key: 'seeds',
                  render: (_: unknown, view: ModelView) => <SeedsCell view={view} reference={against} />,
                },
              ]),
          {
            title: t('stage.adaptation.screen.recipeStep.gain'),
            key: 'gain',
            render: (_, view) => <GainCell view={view} />,
          },
          {
            title: t('stage.adaptation.screen.recipeStep.rejectColumn'),
            key: 'reject',
            render: (_, { result: { reject } }) =>
              reject === null ? (
                <span className="muted">{t('stage.adaptation.screen.recipeStep.rejectNone')}</span>
              ) : (
                <span className="number word-below">
                  {t('stage.adaptation.screen.recipeStep.rejectText', {
                    coverage: formatShare(reject.test.coverage.value, 0),
                    accuracy:
                      reject.test.acceptedAccuracy === null ? '—' : formatShare(reject.test.acceptedAccuracy.value, 1),
                  })}
                </span>
              ),
          },
          {
            title: t('stage.adaptation.screen.recipeStep.forgetting'),
            key: 'forgetting',
            render: (_, view) => <ForgettingCell view={view} />,
          },
          {
            title: `${t('stage.adaptation.screen.recipeStep.size')} (${t('unit.megabytes')})`,
            key: 'size',
            align: 'right',
            render: (_, { result, artifact }) => (
              <InspectedNumber
                value={result.sizeMb}
                unit="plain"
                decimals={1}
                inspected={{
                  title: `${result.id} · ${t('stage.adaptation.screen.recipeStep.size')}`,
                  slot: artifact.slot,
                }}
              />
            ),
          },
          {
            title: <span className="visually-hidden">{t('list.actions')}</span>,
            key: 'remove',
            align: 'right',
            render: (_, { result }) => (
              <Button
                size="small"
                type="text"
                onClick={(event) => {
                  event.stopPropagation();
                  setAsked(result.id);
                }}
              >
                {t('stage.adaptation.screen.recipeStep.remove')}
              </Button>
            ),
          },
        ]}
      />
    </Card>
  );
}
