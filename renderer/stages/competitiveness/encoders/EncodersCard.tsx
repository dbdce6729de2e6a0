import { Button, Select } from 'antd';
import { useState } from 'react';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import type { TunedEncoder } from '../../../../shared/stages/competitiveness/encoders/contract.ts';
import { CONTRASTIVE } from '../../../../shared/train/contrastive-config.ts';
import { useT } from '../../../app/language.ts';
import { asAppError } from '../../../app/session.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Field } from '../../../components/Field.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { NumberText } from '../../../components/NumberText.tsx';
import { PointsNumber } from '../../../components/PointsNumber.tsx';
import { useJobsOf } from '../../../components/use-jobs-of.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { call } from '../../../engine.ts';
import { useCompetitiveness } from '../store.ts';

interface Props {
  readonly models: readonly BaseModel[];
  readonly defaultModel: string | null;
  readonly maxLength: number;
}

const BATCH_SIZE = 32;
const MOST_ROUNDS = 200;
const KIND = 'competitiveness.encoder';

/** Encoders taught by labels which texts belong together: what each brought, and another one. */
export function EncodersCard({ models, defaultModel, maxLength }: Props) {
  const t = useT();
  const encoders = useView('competitiveness.tunedEncoders', {}, [KIND, 'competitiveness.split']);
  const seed = useCompetitiveness((state) => state.seed);
  const [chosen, setChosen] = useState<string | null>(null);
  const [rounds, setRounds] = useState(CONTRASTIVE.rounds);
  // Every encoder has a slot of its own: the progress shown is that of the newest.
  const newest = useJobsOf(KIND).at(-1);
  const modelId = chosen ?? defaultModel ?? '';
  const model = models.find(({ id }) => id === modelId);
  return (
    <Card title={t('stage.competitiveness.screen.encoders.title')} testId="competitiveness-encoders">
      <p className="muted">{t('stage.competitiveness.screen.encoders.when')}</p>
      <ViewNotice view={encoders} />
      <div className="form-row">
        <Field label={t('stage.competitiveness.screen.encoders.base')}>
          <Select
            className="form-medium"
            value={modelId === '' ? null : modelId}
            options={models.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setChosen}
          />
        </Field>
        <NumberField
          label={t('stage.competitiveness.screen.encoders.rounds')}
          min={1}
          max={MOST_ROUNDS}
          value={rounds}
          onChange={setRounds}
        />
        <JobButton
          request="competitiveness.tuneEncoder"
          input={{
            name: t('stage.competitiveness.screen.encoders.defaultName', { model: model?.name ?? modelId }),
            modelId,
            contrastive: { ...CONTRASTIVE, rounds },
            batchSize: BATCH_SIZE,
            maxLength,
            seed,
          }}
          slot={newest?.slot ?? ''}
          label={t('stage.competitiveness.screen.encoders.tune')}
          missing={
            model === undefined
              ? t('stage.competitiveness.screen.models.baseNone')
              : model.trainable
                ? null
                : t('stage.competitiveness.screen.models.import.notTrainable')
          }
          testId="competitiveness-encoders-tune"
        />
      </div>
      {encoders.value !== undefined && <EncoderTable encoders={encoders.value} />}
    </Card>
  );
}

function EncoderTable({ encoders }: { readonly encoders: readonly ArtifactView<TunedEncoder>[] }) {
  const t = useT();
  const [error, setError] = useState<AppError | null>(null);
  if (encoders.length === 0) return <p className="muted">{t('stage.competitiveness.screen.encoders.none')}</p>;
  const remove = (encoderId: string) =>
    call('competitiveness.removeEncoder', { encoderId }).catch((failure: unknown) => setError(asAppError(failure)));
  return (
    <>
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      <table className="figures-table">
        <thead>
          <tr>
            <th scope="col">{t('stage.competitiveness.screen.encoders.encoder')}</th>
            <th scope="col">{t('stage.competitiveness.screen.encoders.before')}</th>
            <th scope="col">{t('stage.competitiveness.screen.encoders.after')}</th>
            <th scope="col">{t('stage.competitiveness.screen.encoders.difference')}</th>
            <th scope="col" aria-label={t('stage.competitiveness.screen.encoders.remove')} />
          </tr>
        </thead>
        <tbody>
          {encoders.map(({ result, artifact }) => (
            <tr key={result.id} data-testid={`competitiveness-encoder-${result.id}`}>
              <th scope="row">
                {result.id} {result.name}{' '}
                {artifact.stale.length > 0 && (
                  <span className="tag tag-attention">▲ {t('stage.competitiveness.screen.models.stale')}</span>
                )}
                <div className="muted small">
                  {t('stage.competitiveness.screen.encoders.rows', { train: result.trainRows, steps: result.steps })}
                </div>
              </th>
              <RecallCells encoder={result} slot={artifact.slot} seed={artifact.seed} />
              <td>
                <Button size="small" type="text" onClick={() => void remove(result.id)}>
                  {t('stage.competitiveness.screen.encoders.remove')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface RecallProps {
  readonly encoder: TunedEncoder;
  readonly slot: string;
  readonly seed: number;
}

function RecallCells({ encoder: { id, recall }, slot, seed }: RecallProps) {
  const t = useT();
  if (recall === null) {
    return (
      <td colSpan={3}>
        <NumberText value={null} />
      </td>
    );
  }
  const { rows: n, resamples } = recall;
  return (
    <>
      {(['before', 'after'] as const).map((when) => (
        <td key={when}>
          <InspectedNumber
            value={recall[when].value}
            unit="share"
            interval={[recall[when].low, recall[when].high]}
            inspected={{
              title: `${id} · ${t(`stage.competitiveness.screen.encoders.${when}`)}`,
              method: t('stage.competitiveness.screen.encoders.method'),
              n,
              slot,
              seed,
            }}
          />
        </td>
      ))}
      <td>
        <PointsNumber
          estimate={recall.difference}
          inspected={{
            title: `${id} · ${t('stage.competitiveness.screen.encoders.difference')}`,
            method: t('stage.competitiveness.screen.encoders.differenceMethod', { rows: n, resamples }),
            n,
            slot,
            seed,
          }}
        />
      </td>
    </>
  );
}
