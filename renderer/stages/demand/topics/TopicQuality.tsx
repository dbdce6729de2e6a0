import type { ArtifactInfo } from '../../../../shared/contract/artifact.ts';
import type { TopicsResult } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { CandidateCurve } from './CandidateCurve.tsx';

/** Adjusted Rand index from which on runs that differ by seed only are taken to agree. */
const STABLE = 0.8;
const SHAKY = 0.5;

/** How far the topics can be trusted: do they come again with another seed, and why this many. */
export function TopicQuality({ found, artifact }: { readonly found: TopicsResult; readonly artifact: ArtifactInfo }) {
  const t = useT();
  const { runs, adjustedRandIndex } = found.stability;
  const verdict =
    adjustedRandIndex === null
      ? 'unknown'
      : adjustedRandIndex >= STABLE
        ? 'stable'
        : adjustedRandIndex >= SHAKY
          ? 'partly'
          : 'shaky';
  return (
    <>
      <Card title={t('stage.demand.screen.topics.stability')} testId="demand-topics-stability">
        <p className="big-figure">
          <InspectedNumber
            value={adjustedRandIndex}
            unit="plain"
            decimals={2}
            inspected={{
              title: t('stage.demand.screen.topics.stability'),
              n: found.texts,
              method: t('stage.demand.screen.topics.stabilityMethod', { runs }),
              seed: artifact.seed,
              slot: artifact.slot,
            }}
          />{' '}
          <span className={verdict === 'stable' ? 'tag tag-accent' : 'tag tag-attention'}>
            {t(`stage.demand.screen.stability.${verdict}`)}
          </span>
        </p>
        <p className="muted">{t('stage.demand.screen.topics.stabilityGloss', { runs })}</p>
      </Card>
      <Card title={t('stage.demand.screen.topics.howMany')} testId="demand-topics-candidates">
        {found.candidates.length < 2 ? (
          <p className="muted">{t(`stage.demand.screen.chosenBy.${found.chosenBy}`)}</p>
        ) : (
          <>
            <CandidateCurve candidates={found.candidates} chosen={found.topics.length} />
            <p className="muted">{t('stage.demand.screen.topics.candidatesGloss')}</p>
          </>
        )}
      </Card>
    </>
  );
}
