import { Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { DriftResult } from '../../../../shared/stages/service/results.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell } from '../../../charts/RangeCell.tsx';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';

interface Props {
  readonly view: ArtifactView<DriftResult>;
  readonly name: string;
}

type Word = DriftResult['words'][number];
type Label = NonNullable<DriftResult['labelShift']>['labels'][number];

const POINTS = 100;

/** The words whose share of texts changed most; the count of new texts opens them. */
export function WordTable({ view: { artifact, result }, name }: Props) {
  const t = useT();
  return (
    <Card flush title={t('stage.service.screen.monitoring.words')} testId="service-drift-words">
      {result.words.length === 0 ? (
        <p className="muted">{t('stage.service.screen.monitoring.wordsNone')}</p>
      ) : (
        <Table<Word>
          size="small"
          rowKey="word"
          dataSource={[...result.words]}
          pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
          columns={[
            {
              title: t('stage.service.screen.monitoring.word'),
              dataIndex: 'word',
              sorter: (a, b) => a.word.localeCompare(b.word),
              render: (word: string, { direction }) => (
                <>
                  <strong>{word}</strong>{' '}
                  <span className={direction === 'more' ? 'tag tag-attention' : 'tag'}>
                    {t(`stage.service.screen.monitoring.direction.${direction}`)}
                  </span>
                </>
              ),
            },
            {
              title: t('stage.service.screen.monitoring.referenceShare'),
              key: 'reference',
              align: 'right',
              className: 'number muted',
              sorter: (a, b) => a.referenceShare - b.referenceShare,
              render: (_, { referenceShare }) => formatShare(referenceShare, 1),
            },
            {
              title: t('stage.service.screen.monitoring.newShare'),
              key: 'new',
              align: 'right',
              sorter: (a, b) => a.newShare - b.newShare,
              render: (_, { word, newShare, newTexts, z }) => (
                <>
                  <InspectedNumber
                    value={newShare}
                    unit="share"
                    inspected={{
                      title: word,
                      n: result.overall.newOf,
                      method: t('stage.service.screen.monitoring.wordMethod', { z: formatNumber(z, 1) }),
                      slot: artifact.slot,
                    }}
                  />{' '}
                  (
                  <EvidenceLink
                    count={newTexts}
                    evidence={{
                      type: 'drift',
                      datasetId: result.datasetId,
                      side: 'new',
                      slice: null,
                      word,
                      label: null,
                    }}
                    title={t('stage.service.screen.monitoring.rowsTitle', { name, what: word })}
                  />
                  )
                </>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}

/** Shares of predicted classes in training and in the new texts. */
export function LabelShiftTable({ view: { artifact, result }, name }: Props) {
  const t = useT();
  const shift = result.labelShift;
  if (shift === null) return null;
  const difference = ({ newShare, referenceShare }: Label) => (newShare - referenceShare) * POINTS;
  const widest = Math.max(1, ...shift.labels.map((label) => Math.abs(difference(label)))) * 1.1;
  const method = t('stage.service.screen.monitoring.labelsMethod', {
    reference: t(`stage.service.screen.monitoring.reference.${shift.reference}`),
    chi: formatNumber(shift.chiSquared, 1),
    degrees: shift.degrees,
    p: formatNumber(shift.p, 4),
  });
  return (
    <Card flush title={t('stage.service.screen.monitoring.labels')} testId="service-drift-labels">
      <p className="card-note" data-flagged={shift.flagged}>
        <span className={shift.flagged ? 'tag tag-attention' : 'tag tag-accent'}>{shift.flagged ? '◆' : '●'}</span>{' '}
        {t(`stage.service.screen.monitoring.${shift.flagged ? 'labelsFlagged' : 'labelsClear'}`, {
          psi: formatNumber(shift.psi, 3),
          band: formatNumber(shift.psiBand, 3),
        })}
      </p>
      <Table<Label>
        size="small"
        rowKey="label"
        dataSource={[...shift.labels]}
        pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
        columns={[
          {
            title: t('stage.service.screen.monitoring.label'),
            dataIndex: 'label',
            sorter: (a, b) => a.label.localeCompare(b.label),
          },
          {
            title: t('stage.service.screen.monitoring.change'),
            key: 'change',
            defaultSortOrder: 'descend',
            sorter: (a, b) => Math.abs(difference(a)) - Math.abs(difference(b)),
            render: (_, label) => (
              <div className="score-cell">
                <RangeCell
                  value={difference(label)}
                  interval={null}
                  span={[-widest, widest]}
                  reference={0}
                  label={formatNumber(difference(label), 1)}
                  width={90}
                />
                <InspectedNumber
                  value={difference(label)}
                  unit="points"
                  inspected={{
                    title: `${label.label} · ${t('stage.service.screen.monitoring.change')}`,
                    n: shift.newN + shift.referenceN,
                    method,
                    slot: artifact.slot,
                  }}
                />
              </div>
            ),
          },
          {
            title: t('stage.service.screen.monitoring.newShare'),
            key: 'new',
            align: 'right',
            sorter: (a, b) => a.newShare - b.newShare,
            render: (_, { label, newShare, referenceShare, newRows }) => (
              <span className="number">
                <span className="muted">{formatShare(referenceShare, 1)} → </span>
                {formatShare(newShare, 1)} (
                <EvidenceLink
                  count={newRows}
                  evidence={{
                    type: 'drift',
                    datasetId: result.datasetId,
                    side: 'new',
                    slice: null,
                    word: null,
                    label,
                  }}
                  title={t('stage.service.screen.monitoring.rowsTitle', { name, what: label })}
                />
                )
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}
