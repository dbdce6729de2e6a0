import { Button } from 'antd';
import { useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { isSettled } from '../../../shared/jobs/state.ts';
import type { AblationResult } from '../../../shared/stages/competitiveness/ablation.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { useT } from '../../app/language.ts';
import { asAppError, useSession } from '../../app/session.ts';
import { call } from '../../engine.ts';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { optionName, taskOf } from '../run-settings/option-text.ts';
import type { TrainedView } from './AblationCard.tsx';

interface Props {
  readonly missing: AblationResult['missing'];
  readonly runs: readonly TrainedView[];
}

type Missing = AblationResult['missing'][number];

/** Runs that combine several options, with the trainings that would say what each of them brings. */
export function MissingRuns({ missing, runs }: Props) {
  const t = useT();
  const [starting, setStarting] = useState(false);
  // The answer says what is queued only once it was asked for again; until then these would be started twice.
  const [sent, setSent] = useState<Readonly<Record<string, string>>>({});
  const jobs = useSession((state) => state.jobs);
  const [error, setError] = useState<AppError | null>(null);
  const isQueued = (one: Missing) => {
    const jobId = sent[keyOf(one)];
    if (one.queued || jobId === undefined) return one.queued;
    const job = jobs[jobId];
    return job === undefined || !isSettled(job.state);
  };
  const start = async (run: TrainedView['result'], wanted: readonly Missing[]) => {
    setStarting(true);
    setError(null);
    try {
      for (const one of wanted) {
        const { option, config } = one;
        const name = t('training.ablation.withoutName', { name: run.name, option: optionName(t, option, taskOf(run)) });
        const { jobId } = await train(run, config, name.slice(0, LONGEST_NAME));
        setSent((before) => ({ ...before, [keyOf(one)]: jobId }));
      }
    } catch (failure) {
      setError(asAppError(failure));
    } finally {
      setStarting(false);
    }
  };
  return (
    <>
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      {runs.map(({ result }) => {
        const ofRun = missing.filter(({ runId }) => runId === result.id);
        if (ofRun.length === 0) return null;
        const wanted = ofRun.filter((one) => !isQueued(one));
        const seeds = seedsOf(result);
        return (
          <p key={result.id} className="small" data-testid={`ablation-missing-${result.id}`}>
            {t('training.ablation.missing', {
              run: result.id,
              count: ofRun.length,
              options: ofRun.map(({ option }) => optionName(t, option, taskOf(result))).join(t('list.separator')),
            })}{' '}
            {seeds > 1 && `${t('training.ablation.seeds', { run: result.id, seeds })} `}
            {wanted.length === 0 ? (
              <span className="muted">{t('training.ablation.queued')}</span>
            ) : (
              <Button size="small" disabled={starting} onClick={() => void start(result, wanted)}>
                {t('training.ablation.train', { count: wanted.length })}
              </Button>
            )}
          </p>
        );
      })}
    </>
  );
}

const LONGEST_NAME = 200;

const keyOf = ({ runId, option }: Missing) => `${runId} ${option}`;

/** From how many seeds each of what is missing is trained: as the run itself. */
const seedsOf = (run: TrainedView['result']) => ('scenarioId' in run ? 1 : (run.seeds?.runs.length ?? 1));

/** The run again with another config, by the request that made it. */
function train(run: TrainedView['result'], config: RunConfig, name: string) {
  if ('scenarioId' in run) {
    const { scenarioId, sourceId, recipe, reject } = run;
    return call('adaptation.adapt', {
      scenarioId,
      sourceId,
      recipe,
      name,
      reject: reject !== null,
      config,
      seed: config.seed,
    });
  }
  const again = { name, modelId: run.modelId, config, seeds: seedsOf(run) };
  return 'task' in run
    ? call('competitiveness.trainTask', { ...again, task: run.task })
    : call('competitiveness.train', again);
}
