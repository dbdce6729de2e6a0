import { Button, Popconfirm } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { SusSummary, UsabilityResult } from '../../../../shared/stages/competitiveness/usability/results.ts';
import { SUS_AVERAGE } from '../../../../shared/stages/competitiveness/usability/sus-grade.ts';
import { useT } from '../../../app/language.ts';
import { Histogram } from '../../../charts/Histogram.tsx';
import { RangeCell } from '../../../charts/RangeCell.tsx';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { useCommand } from '../../../components/use-command.ts';

const CLASS = {
  better: 'answer',
  worse: 'answer failed-words',
  unclear: 'answer attention-words',
  'not-measured': 'answer attention-words',
} as const;
const SIGN = { better: '✓', worse: '✕', unclear: '▲', 'not-measured': '▲' } as const;

interface Props {
  readonly view: ArtifactView<UsabilityResult>;
}

/** A System Usability Scale questionnaire: how groups differ, each score against the average of 68, distribution and items. */
export function UsabilityCard({ view }: Props) {
  const t = useT();
  const command = useCommand();
  const { result, artifact } = view;
  // The state held against comes first, as time usually goes.
  const groups = result.groups.toSorted(
    (a, b) => Number(b.group === result.referenceGroup) - Number(a.group === result.referenceGroup),
  );
  const signed = (value: number) => `${value > 0 ? '+' : ''}${formatNumber(value, 1)}`;
  return (
    <Card
      title={`${result.id} ${result.name}`}
      extra={
        <Popconfirm
          title={t('stage.competitiveness.screen.experiments.removeTitle', { id: result.id })}
          description={t('stage.competitiveness.screen.experiments.removeWhat')}
          okText={t('stage.competitiveness.screen.experiments.remove')}
          cancelText={t('action.cancel')}
          okButtonProps={{ danger: true }}
          onConfirm={() => command.send('competitiveness.removeUsability', { usabilityId: result.id })}
        >
          <Button size="small" type="text">
            {t('stage.competitiveness.screen.experiments.remove')}
          </Button>
        </Popconfirm>
      }
      testId={`competitiveness-usability-${result.id}`}
    >
      {command.error !== null && <ErrorNotice error={command.error} onClose={command.clear} />}
      {result.differences.map(({ group, difference, verdict }) => (
        <p key={group} className={CLASS[verdict]} data-verdict={verdict}>
          {SIGN[verdict]}{' '}
          {t(`stage.competitiveness.screen.experiments.sus.${verdict}`, {
            group,
            reference: result.referenceGroup ?? '',
            value:
              difference === null
                ? ''
                : verdict === 'better'
                  ? formatNumber(difference.value, 1)
                  : signed(difference.value),
            low: difference === null ? '' : formatNumber(difference.low, 1),
            high: difference === null ? '' : formatNumber(difference.high, 1),
          })}
        </p>
      ))}
      <div className="sus-panels">
        <div>
          <table className="figures-table">
            <thead>
              <tr>
                <td />
                <th scope="col" colSpan={2}>
                  {t('stage.competitiveness.screen.experiments.sus.title')}
                </th>
                <th scope="col">n</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {result.groups.length !== 1 && (
                <ScoreRow
                  view={view}
                  group={null}
                  name={t('stage.competitiveness.screen.experiments.sus.all')}
                  summary={result.overall}
                />
              )}
              {groups.map(({ group, summary }) => (
                <ScoreRow key={group} view={view} group={group} name={group} summary={summary} />
              ))}
            </tbody>
          </table>
          <p className="muted">
            {t('stage.competitiveness.screen.experiments.sus.method')}{' '}
            {t('stage.competitiveness.screen.experiments.sus.gradeMethod')}
          </p>
          {result.excluded > 0 && (
            <p>
              {t('stage.competitiveness.screen.experiments.sus.excluded', { count: result.excluded })}{' '}
              <EvidenceLink
                count={result.excluded}
                evidence={{ type: 'usability', usabilityId: result.id, groups: [], rows: 'excluded' }}
                title={t('stage.competitiveness.screen.experiments.sus.excluded', { count: result.excluded })}
              />
            </p>
          )}
          {result.sameAnswers > 0 && (
            <p className="attention-words">
              ▲ {t('stage.competitiveness.screen.experiments.sus.same', { count: result.sameAnswers })}
            </p>
          )}
          <h3>{t('stage.competitiveness.screen.experiments.sus.distribution')}</h3>
          <div className="sus-histogram">
            <Histogram
              bins={result.histogram.map(({ from, to, rows }) => ({
                from,
                to,
                count: rows,
                text: t('stage.competitiveness.screen.experiments.sus.bin', { from, to, count: rows }),
              }))}
              label={t('stage.competitiveness.screen.experiments.sus.axis')}
            />
          </div>
        </div>
        <ItemTable view={view} />
      </div>
      <ArtifactStamp artifact={artifact} />
    </Card>
  );
}

interface ScoreProps extends Props {
  readonly group: string | null;
  readonly name: string;
  readonly summary: SusSummary;
}

function ScoreRow({ view, group, name, summary }: ScoreProps) {
  const t = useT();
  const { result, artifact } = view;
  const title = t('stage.competitiveness.screen.experiments.sus.valueTitle', { name: result.id, group: name });
  const bounds = boundsOf(summary.low, summary.high);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {summary.mean !== null && (
          <RangeCell
            value={summary.mean}
            interval={bounds}
            span={[0, 100]}
            reference={SUS_AVERAGE}
            label={`${title}: ${formatNumber(summary.mean, 1)}; ${t('stage.competitiveness.screen.experiments.sus.average')}`}
            width={150}
          />
        )}
      </td>
      <td>
        <InspectedNumber
          value={summary.mean}
          unit="plain"
          decimals={1}
          interval={bounds}
          inspected={{
            title,
            slot: artifact.slot,
            n: summary.n,
            method: t('stage.competitiveness.screen.experiments.sus.method'),
          }}
        />
      </td>
      <td>
        <EvidenceLink
          count={summary.n}
          evidence={{
            type: 'usability',
            usabilityId: result.id,
            groups: group === null ? [] : [group],
            rows: 'scored',
          }}
          title={t('stage.competitiveness.screen.experiments.sus.rows', { name: result.id, group: name })}
        />
      </td>
      <td className="muted">
        {summary.reading !== null &&
          t('stage.competitiveness.screen.experiments.sus.grade', {
            grade: summary.reading.grade.replace('-', '−'),
            low: summary.reading.percentileLow,
            high: summary.reading.percentileHigh,
          })}
      </td>
    </tr>
  );
}

/** Points of each item, weakest first. */
function ItemTable({ view }: Props) {
  const t = useT();
  const { result, artifact } = view;
  const items = result.items.toSorted((a, b) => (a.points?.value ?? 0) - (b.points?.value ?? 0));
  return (
    <div>
      <h3>{t('stage.competitiveness.screen.experiments.sus.items')}</h3>
      <table className="figures-table">
        <tbody>
          {items.map(({ columnId, name, wording, points }) => (
            <tr key={columnId}>
              <th scope="row" title={t(`stage.competitiveness.screen.experiments.sus.wording.${wording}`)}>
                {name}
              </th>
              <td>
                {points !== null && (
                  <RangeCell
                    value={points.value}
                    interval={[points.low, points.high]}
                    span={[0, 4]}
                    label={`${name} ${formatNumber(points.value, 2)}`}
                    width={90}
                  />
                )}
              </td>
              <td>
                <InspectedNumber
                  value={points?.value ?? null}
                  unit="plain"
                  decimals={2}
                  interval={points === null ? null : [points.low, points.high]}
                  inspected={{
                    title: t('stage.competitiveness.screen.experiments.sus.itemTitle', { name: result.id, item: name }),
                    slot: artifact.slot,
                    n: result.overall.n,
                    method: t('stage.competitiveness.screen.experiments.sus.method'),
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
