import { BugError } from '../../shared/errors/app-error.ts';
import type { ComputeTask, TaskContext } from './task.ts';
import { perturbTask, recipeTask, rejectTask, scenarioDataTask, scenarioTestsTask } from './tasks/adaptation.ts';
import { cleanTask } from './tasks/clean.ts';
import {
  calibrateTask,
  compareTask,
  decideTask,
  demandWeightedTask,
  evaluateTask,
  splitTask,
} from './tasks/competitiveness.ts';
import { experimentTask, usabilityTask } from './tasks/experiments.ts';
import { faithfulnessTask, wordEndsTask } from './tasks/explanation.ts';
import { floorsTask } from './tasks/floors.ts';
import { inspectTask, readRowsTask } from './tasks/import.ts';
import { evaluatePilotTask, solutionTask } from './tasks/landing.ts';
import { driversTask, needsTask, requirementsTask, scoresTask } from './tasks/needs.ts';
import { recallTask } from './tasks/recall.ts';
import { satisfactionTask } from './tasks/satisfaction.ts';
import { backlogTask, driftTask, roundsTask, ticketsTask, triageTask } from './tasks/service.ts';
import { explainCaseTask, guessTableTask, measureTableTask, prepareTableTask } from './tasks/tables.ts';
import { compareTextTask, evaluateTextTask, splitTextTask, textTaskFloors } from './tasks/text-tasks.ts';
import { topicsTask } from './tasks/topics.ts';

/** Every task by name. */
const tasks = {
  'demand.inspect': inspectTask,
  'demand.readRows': readRowsTask,
  'demand.clean': cleanTask,
  'demand.topics': topicsTask,
  'demand.satisfaction': satisfactionTask,
  'demand.scores': scoresTask,
  'demand.drivers': driversTask,
  'demand.needs': needsTask,
  'demand.requirements': requirementsTask,
  'competitiveness.split': splitTask,
  'competitiveness.floors': floorsTask,
  'competitiveness.evaluate': evaluateTask,
  'competitiveness.calibrate': calibrateTask,
  'competitiveness.demandWeighted': demandWeightedTask,
  'competitiveness.compare': compareTask,
  'competitiveness.decide': decideTask,
  'competitiveness.experiment': experimentTask,
  'competitiveness.usability': usabilityTask,
  'competitiveness.splitTask': splitTextTask,
  'competitiveness.evaluateTask': evaluateTextTask,
  'competitiveness.compareTask': compareTextTask,
  'competitiveness.taskFloors': textTaskFloors,
  'competitiveness.recall': recallTask,
  'competitiveness.wordEnds': wordEndsTask,
  'competitiveness.faithfulness': faithfulnessTask,
  'adaptation.data': scenarioDataTask,
  'adaptation.recipe': recipeTask,
  'adaptation.reject': rejectTask,
  'adaptation.perturb': perturbTask,
  'adaptation.tests': scenarioTestsTask,
  'adaptation.guessTable': guessTableTask,
  'adaptation.prepareTable': prepareTableTask,
  'adaptation.measureTable': measureTableTask,
  'adaptation.explainCase': explainCaseTask,
  'landing.solution': solutionTask,
  'landing.evaluatePilot': evaluatePilotTask,
  'service.tickets': ticketsTask,
  'service.triage': triageTask,
  'service.rounds': roundsTask,
  'service.drift': driftTask,
  'service.backlog': backlogTask,
} as const;

type TaskTypes<T> = {
  [N in keyof T]: T[N] extends ComputeTask<infer I, infer O, infer B> ? { input: I; output: O; batch: B } : never;
};
export type ComputeTasks = TaskTypes<typeof tasks>;
export type ComputeTaskName = keyof ComputeTasks;

export async function runTask(name: string, input: unknown, context: TaskContext<unknown>): Promise<unknown> {
  const task = (tasks as Record<string, ComputeTask<unknown, unknown, unknown>>)[name];
  if (task === undefined) throw new BugError(`no compute task ${name}`);
  return await task.run(input, context);
}
