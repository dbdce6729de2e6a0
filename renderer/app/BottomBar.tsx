import { useMemo } from 'react';
import { formatShare } from '../../shared/i18n/number.ts';
import { isActive } from '../../shared/jobs/state.ts';
import { Sparkline } from '../charts/Sparkline.tsx';
import { slotName } from '../components/artifact-name.ts';
import { QuietTag } from '../components/JobProgress.tsx';
import { durationText, rateText, timeText } from '../components/time.ts';
import { useLanguage, useT } from './language.ts';
import { useNavigation } from './navigation.ts';
import { useSession } from './session.ts';
import { UndoLine } from './UndoLine.tsx';

/** Points that fit a curve of 90 pixels. */
const SPARK_POINTS = 60;

function thinned(values: readonly number[], count: number): readonly number[] {
  if (values.length <= count) return values;
  return Array.from(
    { length: count },
    (_, index) => values[Math.floor((index * (values.length - 1)) / (count - 1))] ?? 0,
  );
}

/** The running job: training before other work, for it lasts longest. */
function RunningJob() {
  const t = useT();
  const jobs = useSession((state) => state.jobs);
  const { running, waiting } = useMemo(() => {
    const all = Object.values(jobs);
    const active = all.filter(({ state }) => isActive(state));
    return {
      running: active.find(({ lane }) => lane === 'train') ?? active[0],
      waiting: active.length - 1 + all.filter(({ state }) => state.type === 'queued').length,
    };
  }, [jobs]);
  const steps = useSession((state) => (running === undefined ? undefined : state.series[running.id]?.steps));
  if (running === undefined || !('progress' in running.state)) return <span className="faint">{t('bottom.idle')}</span>;
  const { fraction, rate, unit, etaMs } = running.state.progress;
  return (
    <button
      type="button"
      className="bottom-job"
      onClick={() => useNavigation.getState().go({ type: 'jobs' })}
      data-testid="running-job"
    >
      <span className="status-running">▶</span>
      <span>
        {slotName(t, running.slot)} · {t(`jobs.state.${running.state.type}`)}{' '}
        <span className="number">{formatShare(fraction)}</span>
      </span>
      {steps !== undefined && (
        <Sparkline
          points={thinned(
            steps.map(({ loss }) => loss),
            SPARK_POINTS,
          )}
          label={t('jobs.loss')}
          tone="running"
        />
      )}
      <QuietTag job={running} />
      {running.quietSince === null && rate !== null && <span className="number">{rateText(t, rate, unit)}</span>}
      {running.quietSince === null && etaMs !== null && (
        <span className="number">{t('bottom.left', { time: durationText(t, etaMs) })}</span>
      )}
      {waiting > 0 && <span className="number">{t('bottom.queued', { count: waiting })}</span>}
    </button>
  );
}

export function BottomBar() {
  const t = useT();
  const language = useLanguage();
  const project = useSession((state) => state.overview?.project);
  return (
    <footer className="bottom" data-testid="bottom-bar">
      <RunningJob />
      <UndoLine />
      <span className="top-space" />
      {project !== undefined && (
        <>
          <span className="number">{t('bottom.saved', { time: timeText(language, project.savedAt) })}</span>
          <span className="number">{t('bottom.version', { version: project.dataVersion })}</span>
        </>
      )}
    </footer>
  );
}
