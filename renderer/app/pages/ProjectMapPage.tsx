import { Button } from 'antd';
import { Fragment } from 'react';
import type { Overview } from '../../../shared/contract/project.ts';
import { slotName } from '../../components/artifact-name.ts';
import { Card } from '../../components/Card.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { timeText } from '../../components/time.ts';
import { inspect } from '../inspector.ts';
import { useLanguage, useT } from '../language.ts';
import { goToStep, useNavigation } from '../navigation.ts';
import { type NextStep, nextText } from '../next-step.ts';
import { useSession } from '../session.ts';
import { ProjectFileCard } from './ProjectFileCard.tsx';
import { SampleRestCard } from './SampleRestCard.tsx';
import { SecurityCard } from './SecurityCard.tsx';
import { StageCard } from './StageCard.tsx';

const MOST_NEXT = 5;
const MOST_RECENT = 6;

/** From the last stage back to the first. */
function FeedbackLoop() {
  const t = useT();
  return (
    <div className="loop">
      <svg viewBox="0 0 1000 34" preserveAspectRatio="none" aria-hidden="true">
        <path d="M905 0C905 26 880 30 820 30L180 30C120 30 95 26 95 6" fill="none" vectorEffect="non-scaling-stroke" />
      </svg>
      <span className="loop-tip" aria-hidden="true" />
      <span className="loop-words">{t('map.loop')}</span>
    </div>
  );
}

/** Whether a job is at the step already: there is nothing to do but wait. */
const isUnderWay = (stages: Overview['stages'], { stage, step }: NextStep): boolean =>
  stages.find(({ id }) => id === stage)?.steps.find(({ id }) => id === step)?.status === 'running';

function NextSteps({ next, stages }: Pick<Overview, 'next' | 'stages'>) {
  const t = useT();
  return (
    <Card title={t('map.next')} testId="next-steps">
      {next.length === 0 && <p className="muted">{t('map.nextNone')}</p>}
      <ul className="lines">
        {next.slice(0, MOST_NEXT).map((item) => (
          <li key={`${item.stage} ${item.step} ${item.id}`}>
            <span>
              {nextText(t, item)}
              {isUnderWay(stages, item) && <span className="muted"> · ▶ {t('map.nextUnderWay')}</span>}
            </span>
            <button type="button" className="link" onClick={() => goToStep(item.stage, item.step)}>
              {t('map.nextGo')} →
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function RecentResults({ artifacts }: { readonly artifacts: Overview['recentArtifacts'] }) {
  const t = useT();
  const language = useLanguage();
  return (
    <Card
      title={t('map.recent')}
      testId="recent-results"
      extra={
        <button type="button" className="link" onClick={() => useNavigation.getState().go({ type: 'audit' })}>
          {t('rail.audit')} →
        </button>
      }
    >
      {artifacts.length === 0 && <p className="muted">{t('map.recentNone')}</p>}
      <ul className="lines">
        {artifacts.slice(0, MOST_RECENT).map((artifact) => {
          const name = slotName(t, artifact.slot);
          return (
            <li key={artifact.id}>
              <span className="muted number">{timeText(language, artifact.createdAt)}</span>
              <button
                type="button"
                className="link lines-grow"
                onClick={() => inspect({ title: name, slot: artifact.slot, seed: artifact.seed })}
              >
                {name}
              </button>
              {artifact.stale.length > 0 && <span className="tag tag-attention">▲ {t('stamp.stale')}</span>}
              <span className="muted number">{t('map.version', { version: artifact.version })}</span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** The five stages with their state, what to do next and what came last. */
export function ProjectMapPage() {
  const t = useT();
  const overview = useSession((state) => state.overview);
  if (overview === null) return null;
  const first = overview.next.find((item) => !isUnderWay(overview.stages, item));
  return (
    <section className="page" data-testid="project-map">
      <PageHeader
        title={t('map.title')}
        lead={t('map.lead')}
        action={
          first !== undefined && (
            <Button type="primary" onClick={() => goToStep(first.stage, first.step)} data-testid="next-primary">
              {nextText(t, first)} →
            </Button>
          )
        }
      />
      <div className="stage-cards" data-testid="stage-cards">
        {overview.stages.map((stage, index) => (
          <Fragment key={stage.id}>
            {index > 0 && (
              <span className="stage-arrow" aria-hidden="true">
                →
              </span>
            )}
            <StageCard stage={stage} number={index + 1} />
          </Fragment>
        ))}
      </div>
      <FeedbackLoop />
      {overview.project.sample && <SampleRestCard />}
      <div className="map-below">
        <NextSteps next={overview.next} stages={overview.stages} />
        <RecentResults artifacts={overview.recentArtifacts} />
      </div>
      <ProjectFileCard key={overview.project.path} />
      <SecurityCard />
    </section>
  );
}
