import { useEffect, useRef } from 'react';
import type { ArtifactView } from '../../../shared/contract/artifact.ts';
import { formatShare, formatShort } from '../../../shared/i18n/number.ts';
import type { Translate } from '../../../shared/i18n/translate.ts';
import type { AdaptedModel } from '../../../shared/stages/adaptation/results.ts';
import type { AblationAmong, AblationResult } from '../../../shared/stages/competitiveness/ablation.ts';
import type { RunRecord } from '../../../shared/stages/competitiveness/results.ts';
import { SHARE_MEASURES, TASK_MEASURES, type TaskRun } from '../../../shared/stages/competitiveness/tasks/results.ts';
import type { TextTask } from '../../../shared/train/text-task.ts';
import { useT } from '../../app/language.ts';
import { Card } from '../Card.tsx';
import { ErrorNotice } from '../ErrorNotice.tsx';
import { PointsNumber } from '../PointsNumber.tsx';
import { pText } from '../p-text.ts';
import { optionName, optionValue, taskOf } from '../run-settings/option-text.ts';
import { TaskDifference } from '../TaskFigures.tsx';
import { useJobsOf } from '../use-jobs-of.ts';
import { useView } from '../use-view.ts';
import { ViewNotice } from '../ViewNotice.tsx';
import { MissingRuns } from './MissingRuns.tsx';

/** A training of any kind. */
export type TrainedView = ArtifactView<RunRecord | AdaptedModel | TaskRun>;
type Pair = AblationResult['pairs'][number];

interface Props {
  readonly among: AblationAmong;
  readonly runs: readonly TrainedView[];
}

const SLOTS = {
  classes: 'competitiveness.run',
  task: 'competitiveness.taskRun',
  scenario: 'adaptation.model',
} as const;

/** What each option brings: trainings that differ in it alone, held against each other row by row on the locked test rows, and those that are missing. */
export function AblationCard({ among, runs }: Props) {
  const t = useT();
  const ablation = useView('competitiveness.ablation', { among }, [SLOTS[among.type]]);
  useOnJobStates(SLOTS[among.type], ablation.refresh);
  const { pairs = [], missing = [] } = ablation.value ?? {};
  const found = (id: string) => runs.find(({ result }) => result.id === id);
  // Answer and list are fetched side by side: one may know a run that the other does not yet.
  const rows = pairs.flatMap((pair) => {
    const [run, reference] = [found(pair.runId), found(pair.referenceId)];
    return run === undefined || reference === undefined ? [] : [{ pair, run, reference }];
  });
  if (rows.length === 0 && missing.length === 0) return <ViewNotice view={ablation} />;
  return (
    <Card title={t('training.ablation.title')} testId="ablation">
      <ViewNotice view={ablation} />
      <p className="muted small">{t('training.ablation.lead')}</p>
      {rows.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('training.ablation.option')}</th>
              <th scope="col">{t('training.ablation.with')}</th>
              <th scope="col">{t('training.ablation.without')}</th>
              <th scope="col">
                {among.type === 'task' ? differenceOf(t, among.task) : t('training.ablation.difference')}
              </th>
              <th scope="col">n</th>
              {among.type !== 'task' && <th scope="col">{t('training.ablation.moved')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <AblationRow key={`${row.pair.runId} ${row.pair.referenceId}`} {...row} />
            ))}
          </tbody>
        </table>
      )}
      <MissingRuns missing={missing} runs={runs} />
    </Card>
  );
}

/** Calls back once a job of the kind enters another state: a training that was cancelled changes no slot, and waits no longer. */
function useOnJobStates(kind: string, changed: () => void) {
  const states = useJobsOf(kind)
    .map(({ id, state }) => `${id} ${state.type}`)
    .join();
  const known = useRef(states);
  useEffect(() => {
    if (known.current === states) return;
    known.current = states;
    changed();
  }, [states, changed]);
}

function differenceOf(t: Translate, task: TextTask): string {
  const measure = TASK_MEASURES[task][0];
  return t(`training.ablation.${SHARE_MEASURES.has(measure) ? 'pointsOf' : 'differenceOf'}`, {
    measure: t(`stage.competitiveness.screen.tasks.measure.${measure}`),
  });
}

interface RowProps {
  readonly pair: Pair;
  readonly run: TrainedView;
  readonly reference: TrainedView;
}

function AblationRow({ pair: { option, compared }, run, reference }: RowProps) {
  const t = useT();
  const task = taskOf(run.result);
  const side = ({ result: { id, config } }: TrainedView) => {
    if (config === null) return id;
    const value = optionValue(t, config, option, task);
    // A method learns at a rate of its own, which is part of what is held against each other.
    return option === 'method' ? `${id}: ${value}, ${formatShort(config.learningRate)}` : `${id}: ${value}`;
  };
  return (
    <tr data-testid={`ablation-${option}`}>
      <th scope="row">{optionName(t, option, task)}</th>
      <td>{side(run)}</td>
      <td>{side(reference)}</td>
      <td>
        <Difference compared={compared} run={run} />
      </td>
      <td className="number">{compared.rows}</td>
      {'accuracyDifference' in compared && (
        <td>
          <MovedCell runId={compared.runId} referenceId={compared.referenceId} />
        </td>
      )}
    </tr>
  );
}

/** Run minus reference with its interval, and in a word what that shows. */
function Difference({
  compared,
  run: { artifact },
}: {
  readonly compared: Pair['compared'];
  readonly run: TrainedView;
}) {
  const t = useT();
  const { runId, referenceId, rows, resamples } = compared;
  const name = `${runId} − ${referenceId}`;
  const { slot, seed } = artifact;
  const estimate =
    'accuracyDifference' in compared ? compared.accuracyDifference : (compared.differences[0]?.estimate ?? null);
  return (
    <>
      {'accuracyDifference' in compared ? (
        <PointsNumber
          estimate={compared.accuracyDifference}
          inspected={{
            title: name,
            method: t('stage.competitiveness.screen.models.differenceMethod', {
              resamples,
              p: pText(t, compared.mcNemar.pValue),
            }),
            n: rows,
            slot,
            seed,
          }}
        />
      ) : (
        <TaskDifference figure={compared.differences[0]!} {...{ name, slot, seed, rows, resamples }} />
      )}{' '}
      {estimate !== null && <span className="muted">{t(`training.ablation.${effectOf(estimate)}`)}</span>}
    </>
  );
}

/** Answers that harmless changes move, on the same changed texts of stage 3. */
function MovedCell({ runId, referenceId }: { readonly runId: string; readonly referenceId: string }) {
  const t = useT();
  const { value, error } = useView('adaptation.robustness', { modelId: runId, referenceId }, ['adaptation.tests']);
  if (error !== null) return <ErrorNotice error={error} />;
  if (value === undefined) return <span className="faint">…</span>;
  if (value === null) return <span className="muted">{t('training.ablation.untested')}</span>;
  const { difference } = value;
  return (
    <PointsNumber
      estimate={difference}
      inspected={{
        title: `${runId} − ${referenceId}`,
        method: t('training.ablation.movedMethod', {
          texts: value.texts,
          resamples: value.resamples,
          scenario: value.scenarioId,
          moved: formatShare(value.moved, 1),
          reference: formatShare(value.referenceMoved, 1),
        }),
        n: value.changes,
        slot: `adaptation.tests:${value.scenarioId}.${runId}`,
      }}
    />
  );
}

/** The first measure of every task is one of which more is better. */
function effectOf({ low, high }: { readonly low: number; readonly high: number }): 'helps' | 'harms' | 'open' {
  if (low > 0) return 'helps';
  return high < 0 ? 'harms' : 'open';
}
