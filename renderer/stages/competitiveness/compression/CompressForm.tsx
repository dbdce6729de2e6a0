import { Input, InputNumber, Select } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { cutLayers } from '../../../../shared/stages/competitiveness/compression/cut-layers.ts';
import { COMPRESSION_TECHNIQUES } from '../../../../shared/stages/competitiveness/compression/technique.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { type CompressDraft, changeCompressDraft, useCompetitiveness } from '../store.ts';
import { useBaseModels } from '../use-results.ts';
import { TechniqueFields } from './TechniqueFields.tsx';

const POINTS = 100;
const MOST_POINTS = 20;

interface Props {
  readonly runs: readonly ArtifactView<RunRecord>[];
  /** All models that these may be made of. */
  readonly sources: readonly ArtifactView<RunRecord>[];
}

/** Which model to compress and how, and how much it may lose. */
export function CompressForm({ runs, sources }: Props) {
  const t = useT();
  const draft = useCompetitiveness((state) => state.compressDraft);
  const models = useBaseModels();
  const chosen = runs.find(({ result }) => result.id === draft.runId) ?? runs[0];
  if (chosen === undefined) return null;
  const { id: runId, name: runName, modelId } = chosen.result;
  const { technique, tolerance } = draft;
  // What was entered for another model says nothing here.
  const isOurs = draft.runId === null ? chosen === runs[0] : draft.runId === runId;
  const options = isOurs ? draft.options : {};
  const change = (changed: Partial<CompressDraft>) => changeCompressDraft({ runId, options, name: null, ...changed });
  const techniqueName = t(`stage.competitiveness.screen.compression.techniques.${technique}`);
  const name =
    (isOurs ? draft.name : null) ??
    t('stage.competitiveness.screen.compression.defaultName', { name: runName, technique: techniqueName });
  const layers =
    cutLayers(chosen.result, (id) => sources.find(({ result }) => result.id === id)?.result) ??
    models.value?.find(({ id }) => id === modelId)?.layers ??
    1;
  return (
    <Card title={t('stage.competitiveness.screen.compression.form')} testId="competitiveness-compression-form">
      <div className="form-row">
        <Field label={t('stage.competitiveness.screen.compression.run')}>
          <Select
            className="form-wide"
            value={runId}
            options={runs.map(({ result }) => ({
              value: result.id,
              label: t('stage.competitiveness.screen.models.detail', { id: result.id, name: result.name }),
            }))}
            onChange={(value) => changeCompressDraft({ runId: value, options: {}, name: null })}
            data-testid="competitiveness-compression-run"
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.compression.technique')}>
          <Select
            className="form-wide"
            value={technique}
            options={COMPRESSION_TECHNIQUES.map((value) => ({
              value,
              label: t(`stage.competitiveness.screen.compression.techniques.${value}`),
            }))}
            onChange={(value) => change({ technique: value, options: {} })}
            data-testid="competitiveness-compression-technique"
          />
        </Field>
        <TechniqueFields
          technique={technique}
          layers={layers}
          options={options}
          onChange={(changed) => change({ options: changed, name: isOurs ? draft.name : null })}
        />
        <Field
          label={t('stage.competitiveness.screen.compression.tolerance')}
          hint={t('stage.competitiveness.screen.compression.toleranceHint')}
        >
          <InputNumber
            min={0}
            max={MOST_POINTS}
            step={0.1}
            value={Number((tolerance * POINTS).toFixed(4))}
            onChange={(value) => value !== null && changeCompressDraft({ tolerance: value / POINTS })}
            data-testid="competitiveness-compression-tolerance"
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.compression.name')}>
          <Input
            value={name}
            maxLength={200}
            className="form-wide"
            onChange={(event) => change({ name: event.target.value })}
            data-testid="competitiveness-compression-name"
          />
        </Field>
        <JobButton
          request="competitiveness.compress"
          input={{ name, runId, technique, options, tolerance }}
          // Every compressed model has a slot of its own, known only once it is queued.
          slot=""
          label={t('stage.competitiveness.screen.compression.start')}
          primary
          missing={name.trim() === '' ? t('stage.competitiveness.screen.compression.nameMissing') : null}
          onStarted={() => changeCompressDraft({ name: null })}
          testId="competitiveness-compression-start"
        />
      </div>
      <p className="muted">
        {techniqueName}
        {' · '}
        {t(`stage.competitiveness.screen.compression.techniqueWhen.${technique}`)}
      </p>
    </Card>
  );
}
