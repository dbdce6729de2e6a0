import { InputNumber, Table } from 'antd';
import { useState } from 'react';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { FaithfulnessResult } from '../../../../shared/stages/competitiveness/explanation/results.ts';
import { faithfulnessSlot } from '../../../../shared/stages/competitiveness/explanation/slots.ts';
import type { Estimate } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { ShareCurves } from '../../../charts/ShareCurves.tsx';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { PointsNumber } from '../../../components/PointsNumber.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import type { ExplainableModel } from './said-text.ts';

const DEFAULT_TEXTS = 40;
const SEED = 7;
const POINTS = 100;
const ORDERS = ['integratedGradients', 'occlusion', 'random'] as const;

/** Which explanation of a model may be trusted: deletion and sufficiency curves against a random order. */
export function FaithfulnessPanel({ model: { id: runId, task } }: { readonly model: ExplainableModel }) {
  const t = useT();
  const slot = faithfulnessSlot(runId);
  const faithfulness = useView('competitiveness.faithfulness', { runId }, [slot]);
  const [texts, setTexts] = useState(DEFAULT_TEXTS);
  const measured = faithfulness.value;
  return (
    <section className="faithfulness" data-testid="competitiveness-faithfulness">
      <h3>{t('stage.competitiveness.screen.explanation.faithfulness.title')}</h3>
      <p className="muted">
        {t('stage.competitiveness.screen.explanation.faithfulness.lead')}
        {task === 'multi-label' && ` ${t('stage.competitiveness.screen.explanation.faithfulness.ofLabel')}`}
      </p>
      <ViewNotice view={faithfulness} />
      {measured === null && (
        <EmptyState
          title={t('stage.competitiveness.screen.explanation.faithfulness.none')}
          hint={t('stage.competitiveness.screen.explanation.faithfulness.noneHint')}
        />
      )}
      {measured && <Measured view={measured} />}
      <div className="form-row">
        <Field
          label={t('stage.competitiveness.screen.explanation.faithfulness.texts')}
          hint={t('stage.competitiveness.screen.explanation.faithfulness.textsHint')}
        >
          <InputNumber
            min={5}
            max={500}
            precision={0}
            value={texts}
            onChange={(value) => value !== null && setTexts(value)}
            data-testid="competitiveness-faithfulness-texts"
          />
        </Field>
        <JobButton
          request="competitiveness.measureFaithfulness"
          input={{ runId, texts, seed: SEED }}
          slot={slot}
          label={t(`stage.competitiveness.screen.explanation.faithfulness.${measured ? 'again' : 'measure'}`)}
          testId="competitiveness-faithfulness-start"
        />
      </div>
    </section>
  );
}

function Measured({ view }: { readonly view: ArtifactView<FaithfulnessResult> }) {
  const t = useT();
  const result = view.result;
  const { verdict, aboveRandom, difference, orders, fractions, whole, texts, tooShort, resamples, gap, ofOriginal } =
    result;
  const inPoints = (value: number) => formatNumber(value * POINTS, 1);
  const trusted = verdict === 'integratedGradients' || verdict === 'occlusion' ? verdict : null;
  const curves = (which: 'deleted' | 'kept') =>
    ORDERS.map((order) => ({
      id: order,
      name: t(`stage.competitiveness.screen.explanation.faithfulness.order.${order}`),
      points: [
        ...(which === 'deleted' ? [{ x: 0, value: whole, low: whole, high: whole }] : []),
        ...fractions.map((x, i) => ({ x, ...orders[order][which][i]! })),
        ...(which === 'kept' ? [{ x: 1, value: whole, low: whole, high: whole }] : []),
      ],
    }));
  const fall = (value: Estimate, title: string) => (
    <PointsNumber
      estimate={value}
      inspected={{
        title,
        method: t('stage.competitiveness.screen.explanation.faithfulness.valueMethod', {
          resamples: formatNumber(resamples),
        }),
        n: texts,
        slot: view.artifact.slot,
        seed: view.artifact.seed,
      }}
    />
  );
  const column = (id: 'comprehensiveness' | 'sufficiency' | 'aboveRandom') => ({
    title: t(`stage.competitiveness.screen.explanation.faithfulness.column.${id}`),
    key: id,
    align: 'right' as const,
    render: (_: unknown, { order }: { readonly order: (typeof ORDERS)[number] }) => {
      const value =
        id === 'aboveRandom' ? (order === 'random' ? null : aboveRandom[order].comprehensiveness) : orders[order][id];
      if (value === null) return '—';
      return fall(
        value,
        `${t(`stage.competitiveness.screen.explanation.faithfulness.order.${order}`)} · ${t(`stage.competitiveness.screen.explanation.faithfulness.column.${id}`)}`,
      );
    },
  });
  return (
    <>
      <p data-testid="competitiveness-faithfulness-verdict">
        <strong>
          {verdict === 'neither' ? '▲ ' : ''}
          {t(`stage.competitiveness.screen.explanation.faithfulness.verdict.${verdict}`)}
        </strong>{' '}
        {t(`stage.competitiveness.screen.explanation.faithfulness.because.${verdict}`, {
          above: trusted === null ? '' : inPoints(aboveRandom[trusted].comprehensiveness.value),
          difference: inPoints(Math.abs(difference.value)),
        })}
      </p>
      {ofOriginal && <p className="attention-words">▲ {t('stage.competitiveness.screen.explanation.ofOriginal')}</p>}
      <div className="models-charts">
        {(['deleted', 'kept'] as const).map((which) => (
          <ShareCurves
            key={which}
            title={t(`stage.competitiveness.screen.explanation.faithfulness.${which}`)}
            curves={curves(which)}
            xLabel={t('stage.competitiveness.screen.explanation.faithfulness.xLabel')}
            yLabel={t('stage.competitiveness.screen.explanation.faithfulness.yLabel')}
          />
        ))}
      </div>
      <Table
        size="small"
        rowKey="order"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={ORDERS.map((order) => ({ order }))}
        columns={[
          {
            title: t('stage.competitiveness.screen.explanation.faithfulness.column.order'),
            key: 'order',
            render: (_, { order }) => t(`stage.competitiveness.screen.explanation.faithfulness.order.${order}`),
          },
          column('comprehensiveness'),
          column('sufficiency'),
          column('aboveRandom'),
        ]}
      />
      <ArtifactStamp
        artifact={view.artifact}
        method={t('stage.competitiveness.screen.explanation.faithfulness.method', {
          texts: formatNumber(texts),
          tooShort: formatNumber(tooShort),
          resamples: formatNumber(resamples),
          gap: formatShare(gap.mean ?? Number.NaN, 1),
          widest: formatShare(gap.widest ?? Number.NaN, 1),
        })}
      />
    </>
  );
}
