import { Input, InputNumber, Select } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { COMPRESSION_TECHNIQUES } from '../../../../shared/stages/competitiveness/compression/technique.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { changeCompressDraft, useCompetitiveness } from '../store.ts';

const POINTS = 100;
const MOST_POINTS = 20;

/** Which run to compress, and how much it may lose. */
export function CompressForm({ runs }: { readonly runs: readonly ArtifactView<RunRecord>[] }) {
  const t = useT();
  const draft = useCompetitiveness((state) => state.compressDraft);
  const chosen = runs.find(({ result }) => result.id === draft.runId) ?? runs[0];
  if (chosen === undefined) return null;
  const { id: runId, name: runName } = chosen.result;
  const name = draft.name ?? t('stage.competitiveness.screen.compression.defaultName', { name: runName });
  const technique = COMPRESSION_TECHNIQUES[0];
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
            onChange={(value) => changeCompressDraft({ runId: value, name: null })}
            data-testid="competitiveness-compression-run"
          />
        </Field>
        <Field
          label={t('stage.competitiveness.screen.compression.tolerance')}
          hint={t('stage.competitiveness.screen.compression.toleranceHint')}
        >
          <InputNumber
            min={0}
            max={MOST_POINTS}
            step={0.1}
            value={Number((draft.tolerance * POINTS).toFixed(4))}
            onChange={(value) => value !== null && changeCompressDraft({ tolerance: value / POINTS })}
            data-testid="competitiveness-compression-tolerance"
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.compression.name')}>
          <Input
            value={name}
            maxLength={200}
            className="form-wide"
            onChange={(event) => changeCompressDraft({ name: event.target.value })}
            data-testid="competitiveness-compression-name"
          />
        </Field>
        <JobButton
          request="competitiveness.compress"
          input={{ name, runId, technique, tolerance: draft.tolerance }}
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
        {t(`stage.competitiveness.screen.compression.techniques.${technique}`)}
        {' · '}
        {t('stage.competitiveness.screen.compression.techniqueHint')}
      </p>
    </Card>
  );
}
