import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { NumberText } from '../../../components/NumberText.tsx';

/** The encoders on this machine, with what their cards say. */
export function BaseModelList({ models }: { readonly models: readonly BaseModel[] }) {
  const t = useT();
  return (
    <Card title={t('stage.competitiveness.screen.models.base')} testId="competitiveness-models-base">
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
            <span className="tag">{model.languages.join(t('list.separator'))}</span>
            <span>
              {t('stage.competitiveness.screen.models.baseLayers', {
                layers: model.layers,
                hidden: String(model.hiddenSize),
              })}
            </span>
            <span>
              {t('stage.competitiveness.screen.models.baseParameters', {
                millions: (model.parameters / 1e6).toFixed(1),
              })}
            </span>
            <NumberText value={model.sizeMb} unit="megabytes" />
            <span className="muted">
              {t('stage.competitiveness.screen.models.baseLicence')} {model.licence} · {model.source}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
