import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { NumberText } from '../../../components/NumberText.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { ImportModel } from './ImportModel.tsx';

interface Props {
  readonly models: readonly BaseModel[];
  readonly onRemoved: () => void;
}

/** The encoders on this machine, with what their cards say; others can be brought from a folder. */
export function BaseModelList({ models, onRemoved }: Props) {
  const t = useT();
  const [importing, setImporting] = useState(false);
  const { send, busy, error, clear } = useCommand();
  const remove = async (modelId: string) => {
    if (await send('competitiveness.removeModel', { modelId })) onRemoved();
  };
  return (
    <Card
      title={t('stage.competitiveness.screen.models.base')}
      extra={
        <Button
          size="small"
          aria-expanded={importing}
          onClick={() => setImporting(!importing)}
          data-testid="competitiveness-models-import-open"
        >
          {t(`stage.competitiveness.screen.models.${importing ? 'close' : 'import.open'}`)}
        </Button>
      }
      testId="competitiveness-models-base"
    >
      {importing && <ImportModel models={models} />}
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      {models.length === 0 && (
        <EmptyState
          title={t('stage.competitiveness.screen.models.baseNone')}
          hint={t('stage.competitiveness.screen.models.baseNoneHint')}
        />
      )}
      <ul className="model-list">
        {models.map((model) => (
          <li key={model.id}>
            <strong>{model.name}</strong>
            <span className="tag">{[model.family, ...model.languages].join(t('list.separator'))}</span>
            <span>
              {t('stage.competitiveness.screen.models.baseLayers', {
                layers: model.layers,
                hidden: String(model.hiddenSize),
              })}
            </span>
            {model.parameters !== null && (
              <span>
                {t('stage.competitiveness.screen.models.baseParameters', {
                  millions: (model.parameters / 1e6).toFixed(1),
                })}
              </span>
            )}
            {!model.trainable && <span className="tag">{t('stage.competitiveness.screen.models.import.onnxTag')}</span>}
            <NumberText value={model.sizeMb} unit="megabytes" />
            <span className="muted">
              {t('stage.competitiveness.screen.models.baseLicence')}{' '}
              {model.licence || t('stage.competitiveness.screen.models.import.found.licenceNone')} · {model.source}
            </span>
            {model.imported && (
              <Popconfirm
                title={t('stage.competitiveness.screen.models.import.removeSure', { name: model.name })}
                description={t('stage.competitiveness.screen.models.import.removeMeans')}
                okText={t('stage.competitiveness.screen.models.import.remove')}
                cancelText={t('action.cancel')}
                onConfirm={() => void remove(model.id)}
              >
                <Button
                  size="small"
                  type="text"
                  disabled={busy}
                  aria-label={t('stage.competitiveness.screen.models.import.removeNamed', { name: model.name })}
                  data-testid={`competitiveness-models-remove-${model.id}`}
                >
                  {t('stage.competitiveness.screen.models.import.remove')}
                </Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
