import type { StageId } from '../../contract/stage.ts';
import type { adaptation } from '../../stages/adaptation/contract.ts';
import type { competitiveness } from '../../stages/competitiveness/contract.ts';
import type { demand } from '../../stages/demand/contract.ts';
import type { landing } from '../../stages/landing/contract.ts';
import type { service } from '../../stages/service/contract.ts';
import { writeRecipes, writeScenarios } from './adaptation.ts';
import { writeCleaning, writeDrivers, writeImports, writeTopics } from './demand.ts';
import { writeCompression, writeExperiments } from './experiments.ts';
import { writeGoals, writePackages, writeSolution } from './landing.ts';
import { writeModels, writeTrainingData } from './models.ts';
import { writeImprovement, writeMonitoring } from './monitoring.ts';
import { writeNeeds } from './needs.ts';
import { writePilot } from './pilot.ts';
import { writeRounds } from './rounds.ts';
import { writeMatrix, writeScenarioTests } from './scenario-tests.ts';
import type { SectionWriter } from './section.ts';
import { writeTickets } from './service.ts';
import { writeStrategy } from './strategy.ts';
import { writeTables } from './tables.ts';

type StepOf<S extends { readonly steps: readonly string[] }> = S['steps'][number];

type Writers = {
  readonly demand: { readonly [S in StepOf<typeof demand>]: SectionWriter };
  readonly competitiveness: { readonly [S in StepOf<typeof competitiveness>]: SectionWriter };
  readonly adaptation: { readonly [S in StepOf<typeof adaptation>]: SectionWriter };
  readonly landing: { readonly [S in StepOf<typeof landing>]: SectionWriter };
  readonly service: { readonly [S in StepOf<typeof service>]: SectionWriter };
};

/** Who writes what; a step without a writer does not compile. */
const WRITERS: Writers = {
  demand: {
    import: writeImports,
    clean: writeCleaning,
    topics: writeTopics,
    drivers: writeDrivers,
    needs: writeNeeds,
  },
  competitiveness: {
    data: writeTrainingData,
    models: writeModels,
    compression: writeCompression,
    experiments: writeExperiments,
    strategy: writeStrategy,
  },
  adaptation: {
    scenarios: writeScenarios,
    recipe: writeRecipes,
    tests: writeScenarioTests,
    matrix: writeMatrix,
    tables: writeTables,
  },
  landing: { goals: writeGoals, solution: writeSolution, package: writePackages, pilot: writePilot },
  service: {
    tickets: writeTickets,
    rounds: writeRounds,
    monitoring: writeMonitoring,
    improvement: writeImprovement,
  },
};

export function writerOf(stage: StageId, step: string): SectionWriter {
  const steps: Readonly<Record<string, SectionWriter>> = WRITERS[stage];
  return steps[step] ?? (() => []);
}
