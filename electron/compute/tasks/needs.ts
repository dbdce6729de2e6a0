import { type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';
import { analyseDrivers, type DriversInput } from '../../../shared/stages/demand/drivers.ts';
import { computeF1, type F1Input, type F1Output } from '../../../shared/stages/demand/f1.ts';
import { type RequirementsInput, requirementParameters } from '../../../shared/stages/demand/requirements.ts';
import type { DriversResult, RequirementsResult, ScoresResult } from '../../../shared/stages/demand/results.ts';
import { type ScoreColumn, summariseScore } from '../../../shared/stages/demand/scores.ts';
import type { ComputeTask, TaskContext } from '../task.ts';

function tellDraws(context: TaskContext, phase: string): (done: number, total: number) => void {
  return (done, total) =>
    context.progress({ fraction: done / total, phase, done, total, unit: 'resamples', rate: null, etaMs: null });
}

export const scoresTask: ComputeTask<readonly ScoreColumn[], ScoresResult> = {
  run: (columns) => ({ scores: columns.map(summariseScore) }),
};

export const driversTask: ComputeTask<Omit<DriversInput, 'onProgress'>, DriversResult> = {
  run: (input, context) => analyseDrivers({ ...input, onProgress: tellDraws(context, 'resampling') }),
};

export const needsTask: ComputeTask<Omit<F1Input, 'onProgress' | 'checkCancelled'>, F1Output> = {
  run: (input, context) => computeF1({ ...input, onProgress: tellDraws(context, 'resampling') }),
};

export const requirementsTask: ComputeTask<
  Omit<RequirementsInput, 'texts'> & { readonly texts: StringTable },
  RequirementsResult
> = {
  run: ({ texts, ...rest }) => requirementParameters({ ...rest, texts: unpackStrings(texts) }),
};
