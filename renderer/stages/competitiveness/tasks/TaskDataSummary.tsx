import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShort } from '../../../../shared/i18n/number.ts';
import type { TaskDataResult } from '../../../../shared/stages/competitiveness/tasks/results.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { CompetitivenessNotices } from '../CompetitivenessNotices.tsx';

const LOCK_SHOWN = 12;
const PARTS = ['train', 'dev', 'test'] as const;

/** How many rows say what, and which test rows are locked. */
export function TaskDataSummary({ view }: { readonly view: ArtifactView<TaskDataResult> }) {
  const t = useT();
  const { result, artifact } = view;
  const { task, labels, labelled, unlabelled, perRow, scale, parts, testLock, testSource, notices } = result;
  const rowsIn = (name: string) => parts.find(({ part }) => part === name)?.rows ?? 0;
  const drawn = {
    method: `${t('stage.competitiveness.screen.tasks.labelledMethod')} ${t(
      `stage.competitiveness.screen.tasks.splitMethod.${testSource}`,
      { by: t(`stage.competitiveness.screen.tasks.by.${task}`) },
    )}`,
    slot: artifact.slot,
    seed: artifact.seed,
  };
  const counted = (label: string | null, part: 'rows' | (typeof PARTS)[number]) => ({
    title: [
      label,
      t(part === 'rows' ? 'stage.competitiveness.screen.tasks.rows' : `stage.competitiveness.screen.part.${part}`),
    ]
      .filter((word) => word !== null)
      .join(' · '),
    ...drawn,
    n: labelled,
  });
  return (
    <>
      <Card title={t('stage.competitiveness.screen.tasks.summary')} testId="competitiveness-task-summary">
        <div className="summary">
          <span className="summary-main">
            <InspectedNumber
              value={labelled}
              inspected={{
                title: t('stage.competitiveness.screen.tasks.labelled'),
                ...drawn,
                n: labelled + unlabelled,
              }}
              testId="competitiveness-task-labelled"
            />{' '}
            {t('stage.competitiveness.screen.tasks.labelled')}
          </span>
          {labels.length > 0 && (
            <span>
              {t(`stage.competitiveness.screen.tasks.${task === 'ordinal' ? 'levels' : 'labels'}`, {
                count: labels.length,
              })}
            </span>
          )}
          <span className="tag">{t(`stage.competitiveness.screen.language.${result.language}`)}</span>
          {perRow !== null && (
            <span>
              {t('stage.competitiveness.screen.tasks.perRow', { mean: formatShort(perRow.mean), none: perRow.none })}
            </span>
          )}
          {scale !== null && (
            <span>
              {t('stage.competitiveness.screen.tasks.scale', {
                mean: formatShort(scale.mean),
                deviation: formatShort(scale.deviation),
                min: formatShort(scale.min),
                max: formatShort(scale.max),
              })}
            </span>
          )}
          {unlabelled > 0 && (
            <span className="muted">{t('stage.competitiveness.screen.tasks.unlabelled', { count: unlabelled })}</span>
          )}
        </div>
        <div className="summary muted">
          {PARTS.map((part) => (
            <span key={part}>
              {t(`stage.competitiveness.screen.part.${part}`)}{' '}
              <InspectedNumber value={rowsIn(part)} inspected={counted(null, part)} />
            </span>
          ))}
        </div>
        {notices.check.length + notices.split.length > 0 && (
          <CompetitivenessNotices notices={notices.check} split={notices.split} />
        )}
        <p className="test-lock">
          <strong>{t('stage.competitiveness.screen.data.lock')}</strong>{' '}
          <code title={testLock}>{testLock.slice(0, LOCK_SHOWN)}</code>{' '}
          <span className="muted">{t('stage.competitiveness.screen.tasks.lockMeans', { rows: rowsIn('test') })}</span>
        </p>
        <ArtifactStamp artifact={artifact} n={labelled} />
      </Card>
      {labels.length > 0 && (
        <Card
          title={t(`stage.competitiveness.screen.tasks.${task === 'ordinal' ? 'level' : 'label'}`)}
          testId="competitiveness-task-labels"
        >
          <table className="figures-table">
            <thead>
              <tr>
                <th scope="col">{t(`stage.competitiveness.screen.tasks.${task === 'ordinal' ? 'level' : 'label'}`)}</th>
                <th scope="col">{t('stage.competitiveness.screen.tasks.rows')}</th>
                {PARTS.map((part) => (
                  <th key={part} scope="col">
                    {t(`stage.competitiveness.screen.part.${part}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {labels.map((row) => (
                <tr key={row.label}>
                  <th scope="row">{row.label}</th>
                  {(['rows', ...PARTS] as const).map((part) => (
                    <td key={part}>
                      <InspectedNumber value={row[part]} inspected={counted(row.label, part)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
    </>
  );
}
