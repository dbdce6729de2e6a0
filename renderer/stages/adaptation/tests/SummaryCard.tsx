import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { TestsResult } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { noticeLines } from '../words.ts';

interface Props {
  readonly view: ArtifactView<TestsResult>;
  readonly needs: ReadonlyMap<string, string>;
}

const LOCK_SHOWN = 8;

/** Counts of both lists of tests together. */
export function verdictCounts({ counts, machineCounts }: TestsResult) {
  return {
    passed: counts.passed + machineCounts.passed,
    failed: counts.failed + machineCounts.failed,
    unclear: counts.unclear + machineCounts.unclear,
    'no-verdict': counts.noVerdict + machineCounts.noVerdict,
  };
}

/** The answer in a sentence, a bar of verdicts, and what the model achieves and costs here. */
export function SummaryCard({ view: { artifact, result }, needs }: Props) {
  const t = useT();
  const counts = verdictCounts(result);
  const sentence = counts.failed > 0 ? 'sentenceFailed' : counts.unclear > 0 ? 'sentenceUnclear' : 'sentencePassed';
  const origin = { slot: artifact.slot, seed: artifact.seed, n: result.rows };
  return (
    <Card testId="adaptation-tests-summary">
      <p className="answer" data-failed={counts.failed} data-passed={counts.passed} data-unclear={counts.unclear}>
        {t(`stage.adaptation.screen.tests.${sentence}`, counts)}
      </p>
      {counts['no-verdict'] > 0 && (
        <p className="muted">{t('stage.adaptation.screen.tests.noVerdict', { count: counts['no-verdict'] })}</p>
      )}
      <div className="verdict-bar" aria-hidden="true">
        {(['failed', 'unclear', 'passed', 'no-verdict'] as const).map((verdict) => (
          <span key={verdict} className={`verdict-${verdict}`} style={{ flexGrow: counts[verdict] }} />
        ))}
      </div>
      <dl className="key-figures">
        <div>
          <dt>{t('stage.adaptation.screen.tests.accuracy')}</dt>
          <dd>
            <InspectedNumber
              value={result.accuracy.value}
              unit="share"
              interval={[result.accuracy.low, result.accuracy.high]}
              inspected={{
                ...origin,
                title: `${result.modelId} · ${t('stage.adaptation.screen.tests.accuracy')}`,
                method: t('stage.adaptation.screen.testMethod.bootstrap'),
              }}
            />
          </dd>
        </div>
        <div>
          <dt>{t('stage.adaptation.screen.limit.macroF1')}</dt>
          <dd>
            <InspectedNumber
              value={result.macroF1.value}
              unit="share"
              interval={[result.macroF1.low, result.macroF1.high]}
              inspected={{
                ...origin,
                title: `${result.modelId} · ${t('stage.adaptation.screen.limit.macroF1')}`,
                method: t('stage.adaptation.screen.testMethod.bootstrap'),
              }}
            />
          </dd>
        </div>
        <div>
          <dt>{t('stage.adaptation.screen.tests.cost')}</dt>
          <dd>
            <InspectedNumber
              value={result.costPerThousand}
              unit="plain"
              decimals={0}
              inspected={{
                ...origin,
                title: `${result.modelId} · ${t('stage.adaptation.screen.tests.cost')}`,
                method: t('stage.adaptation.screen.tests.costMethod'),
              }}
            />
          </dd>
        </div>
      </dl>
      <NoticeList lines={noticeLines(t, result.notices, needs)} />
      <ArtifactStamp
        artifact={artifact}
        n={result.rows}
        method={t('stage.adaptation.screen.tests.stampMethod', { lock: result.testLock.slice(0, LOCK_SHOWN) })}
      />
    </Card>
  );
}
