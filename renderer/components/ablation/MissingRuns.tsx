import { Button } from 'antd';
import { useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { AblationResult } from '../../../shared/stages/competitiveness/ablation.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { useT } from '../../app/language.ts';
import { asAppError } from '../../app/session.ts';
import { call } from '../../engine.ts';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { optionName, taskOf } from '../run-settings/option-text.ts';
import type { TrainedView } from './AblationCard.tsx';

interface Props {
  readonly missing: AblationResult['missing'];
  readonly runs: readonly TrainedView[];
  /** Jobs were queued. */
  readonly onStarted: () => void;
}

/** Runs that combine several options, with the trainings that would say what each of them brings. */
export function MissingRuns({ missing, runs, onStarted }: Props) {
  const t = useT();
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const start = async (run: TrainedView['result'], wanted: AblationResult['missing']) => {
    setStarting(true);
    setError(null);
    try {
      for (const { option, config } of wanted) {
        const name = t('training.ablation.withoutName', { name: run.name, option: optionName(t, option, taskOf(run)) });
        await train(run, config, name.slice(0, LONGEST_NAME));
      }
    } catch (failure) {
      setError(asAppError(failure));
    } finally {
      setStarting(false);
      onStarted();
    }
  };
  return (
    <>
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      {runs.map(({ result }) => {
        const ofRun = missing.filter(({ runId }) => runId === result.id);
        if (ofRun.length === 0) return null;
        const wanted = ofRun.filter(({ queued }) => !queued);
        return (
          <p key={result.id} className="small" data-testid={`ablation-missing-${result.id}`}>
            {t('training.ablation.missing', {
              run: result.id,
              count: ofRun.length,
              options: ofRun.map(({ option }) => optionName(t, option, taskOf(result))).join(t('list.separator')),
            })}{' '}
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
  const again = { name, modelId: run.modelId, config, seeds: run.seeds?.runs.length ?? 1 };
  return 'task' in run
    ? call('competitiveness.trainTask', { ...again, task: run.task })
    : call('competitiveness.train', again);
}
