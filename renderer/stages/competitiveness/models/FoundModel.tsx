import { formatNumber } from '../../../../shared/i18n/number.ts';
import { useT } from '../../../app/language.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';

/** What an import found in the folder, and that it answers. */
export function FoundModel({ modelId }: { readonly modelId: string }) {
  const t = useT();
  const view = useView('competitiveness.importedModel', { modelId }, [`competitiveness.importedModel:${modelId}`]);
  const found = view.value?.result;
  if (found === undefined) return <ViewNotice view={view} />;
  const facts: readonly (readonly [string, string])[] = [
    [
      t('stage.competitiveness.screen.models.import.found.family'),
      t('stage.competitiveness.screen.models.import.found.size', {
        family: found.family,
        layers: found.layers,
        hidden: formatNumber(found.hiddenSize),
        millions: formatNumber(found.parameters / 1e6, 1),
      }),
    ],
    [
      t('stage.competitiveness.screen.models.import.found.tokenizer'),
      t('stage.competitiveness.screen.models.import.found.words', {
        tokenizer: found.tokenizer,
        words: formatNumber(found.vocabSize),
        longest: formatNumber(found.maxLength),
      }),
    ],
    [
      t('stage.competitiveness.screen.models.import.pooling'),
      t('stage.competitiveness.screen.models.import.found.pooling', {
        pooling: t(`stage.competitiveness.screen.models.import.poolings.${found.pooling}`),
        from: t(`stage.competitiveness.screen.models.import.found.from.${found.poolingFrom}`),
      }),
    ],
    [
      t('stage.competitiveness.screen.models.import.found.weights'),
      found.trainable
        ? t('stage.competitiveness.screen.models.import.found.tensors', {
            stored: found.storedAs.join(t('list.separator')),
            unused: found.unused,
          })
        : t('stage.competitiveness.screen.models.import.found.onnx'),
    ],
    [
      t('stage.competitiveness.screen.models.import.found.licence'),
      [found.licence, found.licenceFile ?? ''].filter(Boolean).join(' · ') ||
        t('stage.competitiveness.screen.models.import.found.licenceNone'),
    ],
  ];
  return (
    <div role="status" data-testid="competitiveness-models-import-found">
      <strong>{t('stage.competitiveness.screen.models.import.found.title', { name: found.name })}</strong>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name} className="fact">
            <dt className="muted">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
