import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { DomainTest, DriftResult } from '../../../../shared/stages/service/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { BandPlot } from '../../../charts/BandPlot.tsx';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { noticeLines } from '../words.ts';

interface Props {
  readonly view: ArtifactView<DriftResult>;
  readonly name: string;
}

const DECIMALS = 3;
const ALL = '';
/** The least AUC on the axis: somewhat below what cannot tell. */
const LEAST_AUC = 0.4;

/** Flag or no flag in a sentence, and every AUC against its permutation band. */
export function DriftAnswer({ view: { artifact, result }, name }: Props) {
  const t = useT();
  const { overall } = result;
  const number = (value: number | null) => (value === null ? '—' : formatNumber(value, DECIMALS));
  const state = overall.flagged === null ? 'unknown' : overall.flagged ? 'flagged' : 'clear';
  const flagged = result.slices.filter((slice) => slice.flagged === true);
  const row = (id: string, label: string, test: DomainTest) => ({
    id,
    name: label,
    value: test.auc,
    band: boundsOf(test.bandLow, test.band),
    flagged: test.flagged === true,
    text:
      test.auc === null || test.pAdjusted === null
        ? t('stage.service.screen.monitoring.rowNone')
        : `${test.flagged === true ? '◆ ' : ''}${t('stage.service.screen.monitoring.row', {
            auc: number(test.auc),
            p: formatNumber(test.pAdjusted, DECIMALS),
          })}`,
  });
  const rows = [
    row(ALL, t('stage.service.screen.monitoring.whole'), overall),
    ...result.slices.map((slice) => row(slice.slice, slice.slice, slice)),
  ];
  const open = (id: string) => {
    const test = id === ALL ? overall : result.slices.find(({ slice }) => slice === id);
    if (test === undefined) return;
    inspect({
      title: `${name} · ${id === ALL ? t('stage.service.screen.monitoring.whole') : id}`,
      value: `AUC ${number(test.auc)}`,
      n: test.newN + test.referenceN,
      method: t('stage.service.screen.monitoring.aucMethod', { new: test.newN, reference: test.referenceN }),
      seed: artifact.seed,
      slot: artifact.slot,
      ref: {
        type: 'drift',
        datasetId: result.datasetId,
        side: 'new',
        slice: id === ALL ? null : id,
        word: null,
        label: null,
      },
    });
  };
  return (
    <Card testId="service-drift-answer">
      <p className="answer" data-flagged={String(overall.flagged)}>
        {state === 'flagged' ? '◆' : state === 'clear' ? '●' : '○'}{' '}
        {t(`stage.service.screen.monitoring.${state}`, {
          name,
          auc: number(overall.auc),
          band: number(overall.band),
        })}
      </p>
      {result.slices.length > 0 && (
        <p className={flagged.length > 0 ? 'attention-words' : ''}>
          {flagged.length === 0
            ? t('stage.service.screen.monitoring.slicesClear')
            : `▲ ${t('stage.service.screen.monitoring.slicesFlagged', {
                count: flagged.length,
                slices: flagged.map(({ slice }) => slice).join(t('list.separator')),
              })}`}
        </p>
      )}
      <BandPlot
        rows={rows}
        label={t('stage.service.screen.monitoring.auc')}
        bandName={t('stage.service.screen.monitoring.band', { permutations: overall.permutations })}
        format={(value) => formatNumber(value, 1)}
        exact={(value) => formatNumber(value, 3)}
        domain={[Math.min(LEAST_AUC, ...rows.flatMap(({ value }) => (value === null ? [] : [value]))), 1]}
        onSelect={open}
      />
      {result.unlike !== null && (
        <dl className="key-figures">
          <div>
            <dt>{t('stage.service.screen.monitoring.unlike')}</dt>
            <dd>
              <InspectedNumber
                value={result.unlike.value}
                unit="share"
                interval={boundsOf(result.unlike.low, result.unlike.high)}
                inspected={{
                  title: t('stage.service.screen.monitoring.unlike'),
                  n: result.unlike.n,
                  method: t('stage.service.screen.monitoring.unlikeMethod'),
                  slot: artifact.slot,
                }}
              />
              <span className="small">
                <EvidenceLink
                  count={Math.round((result.unlike.value ?? 0) * result.unlike.n)}
                  evidence={{
                    type: 'drift',
                    datasetId: result.datasetId,
                    side: 'unlike',
                    slice: null,
                    word: null,
                    label: null,
                  }}
                  title={t('stage.service.screen.monitoring.unlike')}
                />
              </span>
              <span className="muted small">{t('stage.service.screen.monitoring.unlikeMethod')}</span>
            </dd>
          </div>
        </dl>
      )}
      <NoticeList lines={noticeLines(t, result.notices)} />
      <ArtifactStamp
        artifact={artifact}
        n={overall.newN + overall.referenceN}
        method={`${result.modelId} ${result.modelName}`}
      />
    </Card>
  );
}
