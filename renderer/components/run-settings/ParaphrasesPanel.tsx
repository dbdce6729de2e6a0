import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { ArtifactView } from '../../../shared/contract/artifact.ts';
import { formatNumber } from '../../../shared/i18n/number.ts';
import {
  PARAPHRASE,
  type ParaphraseOutcome,
  type ParaphrasesResult,
} from '../../../shared/stages/competitiveness/paraphrases.ts';
import { DECODINGS, DEFAULT_SIMILARITY, type Decoding } from '../../../shared/translation/pack.ts';
import { useT } from '../../app/language.ts';
import { useNavigation } from '../../app/navigation.ts';
import { Field } from '../Field.tsx';
import { JobButton } from '../JobButton.tsx';
import { NumberField } from '../NumberField.tsx';
import { useView } from '../use-view.ts';
import { ViewNotice } from '../ViewNotice.tsx';

const SHOWN = 20;
/** A pack is brought in on another page. */
const NO_SLOTS: readonly string[] = [];

interface Props {
  /** Encoder by which meanings are compared. */
  readonly modelId: string;
  readonly seed: number;
  /** Of the training rows of this scenario; of those of stage 2 where left out. */
  readonly scenarioId?: string;
}

/** Back-translations of the training rows: made, counted and looked at before a run takes them. */
export function ParaphrasesPanel({ modelId, seed, scenarioId }: Props) {
  const t = useT();
  const of = scenarioId === undefined ? {} : { scenarioId };
  const slot = `competitiveness.paraphrases${scenarioId === undefined ? '' : `:${scenarioId}`}`;
  const view = useView('competitiveness.paraphrases', of, [
    slot,
    scenarioId === undefined ? 'competitiveness.split' : `adaptation.data:${scenarioId}`,
  ]);
  const pack = useView('app.translationPack', {}, NO_SLOTS);
  const [decoding, setDecoding] = useState<Decoding>('greedy');
  const [minSimilarity, setMinSimilarity] = useState(DEFAULT_SIMILARITY);
  const made = view.value ?? null;
  return (
    <section className="paraphrases" data-testid="paraphrases" aria-label={t('packs.paraphrases.title')}>
      <p className="small">{t('packs.paraphrases.what')}</p>
      <ViewNotice view={pack} />
      {pack.value === null && (
        <p className="small" data-testid="paraphrases-no-pack">
          ▲ {t('packs.paraphrases.noPack')}{' '}
          <button type="button" className="link" onClick={() => useNavigation.getState().go({ type: 'settings' })}>
            {t('packs.paraphrases.toSettings')}
          </button>
        </p>
      )}
      {pack.value != null && (
        <div className="form-row">
          <Field label={t('packs.paraphrases.decoding')}>
            <Select
              className="form-wide"
              value={decoding}
              options={DECODINGS.map((value) => ({ value, label: t(`packs.paraphrases.decodings.${value}`) }))}
              onChange={setDecoding}
            />
          </Field>
          <NumberField
            label={t('packs.paraphrases.similarity')}
            min={0}
            max={1}
            step={0.05}
            value={minSimilarity}
            onChange={setMinSimilarity}
          />
          <JobButton
            request="competitiveness.makeParaphrases"
            input={{ ...of, modelId, decoding, minSimilarity, seed }}
            slot={slot}
            label={t('packs.paraphrases.make')}
            testId="paraphrases-make"
          />
        </div>
      )}
      <ViewNotice view={view} />
      {made !== null && <Made key={made.artifact.id} view={made} of={of} />}
    </section>
  );
}

interface MadeProps {
  readonly view: ArtifactView<ParaphrasesResult>;
  readonly of: { readonly scenarioId?: string };
}

function Made({ view: { result, artifact }, of }: MadeProps) {
  const t = useT();
  const [outcome, setOutcome] = useState<ParaphraseOutcome>('kept');
  const [from, setFrom] = useState(0);
  const rows = useView('competitiveness.paraphraseRows', { ...of, outcome, from, count: SHOWN }, [artifact.slot]);
  const total = rows.value?.total ?? 0;
  return (
    <>
      {artifact.stale.length > 0 && (
        <span className="tag tag-attention">▲ {t('stage.competitiveness.screen.models.stale')}</span>
      )}
      <p className="small">
        {t('packs.paraphrases.counts', {
          pack: result.pack.name,
          rows: result.rows,
          kept: result.kept,
          decoding: t(`packs.paraphrases.decodings.${result.decoding}`),
          similarity: formatNumber(result.minSimilarity, 2),
          model: result.modelId,
        })}
      </p>
      <Segmented
        size="small"
        aria-label={t('packs.paraphrases.show')}
        value={outcome}
        options={PARAPHRASE.map((value) => ({
          value,
          label: `${t(`packs.paraphrases.outcome.${value}`)} ${formatNumber(result[value])}`,
        }))}
        onChange={(value) => {
          setOutcome(value);
          setFrom(0);
        }}
      />
      <ViewNotice view={rows} />
      {total > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('packs.paraphrases.text')}</th>
              <th scope="col">{t('packs.paraphrases.back')}</th>
              <th scope="col">{t('packs.paraphrases.similarity')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.value?.rows.map((row, at) => (
              // Rows have no other name than their place in the list.
              // biome-ignore lint/suspicious/noArrayIndexKey: texts may repeat
              <tr key={from + at}>
                <td>{row.text}</td>
                <td>{row.paraphrase === '' ? t('list.empty') : row.paraphrase}</td>
                <td className="number">{formatNumber(row.similarity, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {total > SHOWN && (
        <p className="actions">
          <Button size="small" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - SHOWN))}>
            {t('packs.paraphrases.earlier')}
          </Button>
          <span className="muted small">
            {t('packs.paraphrases.place', { from: from + 1, to: Math.min(total, from + SHOWN), total })}
          </span>
          <Button size="small" disabled={from + SHOWN >= total} onClick={() => setFrom(from + SHOWN)}>
            {t('packs.paraphrases.later')}
          </Button>
        </p>
      )}
    </>
  );
}
