import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { PreparedData } from '../../../../shared/stages/competitiveness/contract.ts';
import type { LabelsResult } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { CompetitivenessNotices } from '../CompetitivenessNotices.tsx';

interface Props {
  readonly labels: ArtifactView<LabelsResult>;
  readonly prepared: ArtifactView<PreparedData> | null;
}

/** Characters of the lock that are shown; the whole is in the tooltip. */
const LOCK_SHOWN = 12;

/** What there is to learn from, what the check found, and which rows are locked. */
export function DataSummary({ labels, prepared }: Props) {
  const t = useT();
  const { classes, labelled, language } = labels.result;
  const smallest = prepared?.result.check.smallestClass ?? null;
  const artifact = prepared?.artifact ?? labels.artifact;
  const testRows = prepared?.result.split.parts.find(({ part }) => part === 'test')?.rows ?? 0;
  const origin = { slot: labels.artifact.slot, seed: labels.artifact.seed };
  return (
    <Card title={t('stage.competitiveness.screen.data.summary')} testId="competitiveness-data-summary">
      <div className="summary">
        <span className="summary-main">
          <InspectedNumber
            value={labelled}
            inspected={{
              ...origin,
              title: t('stage.competitiveness.screen.data.labelled'),
              method: t('stage.competitiveness.screen.data.labelledMethod'),
              n: labelled + labels.result.unlabelled,
            }}
            testId="competitiveness-labelled"
          />{' '}
          {t('stage.competitiveness.screen.data.labelled')}
        </span>
        <span>{t('stage.competitiveness.screen.data.classes', { count: classes.length })}</span>
        <span className="tag">{t(`stage.competitiveness.screen.language.${language}`)}</span>
        {smallest !== null && <span>{t('stage.competitiveness.screen.data.smallest', smallest)}</span>}
      </div>
      {prepared !== null &&
        (prepared.result.check.notices.length + prepared.result.split.notices.length === 0 ? (
          <p>{t('stage.competitiveness.screen.data.noNotices')}</p>
        ) : (
          <CompetitivenessNotices notices={prepared.result.check.notices} split={prepared.result.split.notices} />
        ))}
      {prepared !== null && (
        <p className="test-lock" data-testid="competitiveness-test-lock">
          <strong>{t('stage.competitiveness.screen.data.lock')}</strong>{' '}
          <code title={prepared.result.split.testLock}>{prepared.result.split.testLock.slice(0, LOCK_SHOWN)}</code>{' '}
          <span className="muted">{t('stage.competitiveness.screen.data.lockMeans', { rows: testRows })}</span>
        </p>
      )}
      <ArtifactStamp artifact={artifact} n={labelled} />
    </Card>
  );
}
