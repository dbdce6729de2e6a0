import type { MapFigure, Overview, StageStatus } from '../../../shared/contract/project.ts';
import { STAGE_IDS, type StageId, type StageRegistry } from '../../../shared/contract/stage.ts';
import { isSettled } from '../../../shared/jobs/state.ts';
import { adaptation } from '../../../shared/stages/adaptation/contract.ts';
import { competitiveness } from '../../../shared/stages/competitiveness/contract.ts';
import { demand } from '../../../shared/stages/demand/contract.ts';
import { landing } from '../../../shared/stages/landing/contract.ts';
import { service } from '../../../shared/stages/service/contract.ts';
import { kindOf } from '../artifacts/kind.ts';
import { artifactInfo } from '../artifacts/staleness.ts';
import type { EngineContext } from '../context.ts';
import { syncedBy } from '../db/synced-folder.ts';
import { adaptationFigures, adaptationNext, adaptationStepKinds } from '../stages/adaptation-map.ts';
import {
  competitivenessFigures,
  competitivenessNext,
  competitivenessStepKinds,
} from '../stages/competitiveness-map.ts';
import { demandFigures, demandNext, demandStepKinds } from '../stages/demand-map.ts';
import { landingFigures, landingNext, landingStepKinds } from '../stages/landing-map.ts';
import { serviceFigures, serviceNext, serviceStepKinds } from '../stages/service-map.ts';

const RECENT_ARTIFACTS = 8;

/** The kinds of artifact that a step makes, and those of them with which it is done. A step without any is still to be built. */
export interface StepKinds {
  readonly kinds: readonly string[];
  readonly done: readonly string[];
}

/** What a stage tells the project map. */
export interface StageMap {
  readonly steps: readonly ({ readonly id: string } & StepKinds)[];
  figures(context: EngineContext): MapFigure[];
  next(context: EngineContext): Overview['next'];
}

export const STAGE_MAPS: StageRegistry<StageMap> = {
  demand: {
    steps: demand.steps.map((id) => ({ id, ...demandStepKinds[id] })),
    figures: demandFigures,
    next: demandNext,
  },
  competitiveness: {
    steps: competitiveness.steps.map((id) => ({ id, ...competitivenessStepKinds[id] })),
    figures: competitivenessFigures,
    next: competitivenessNext,
  },
  adaptation: {
    steps: adaptation.steps.map((id) => ({ id, ...adaptationStepKinds[id] })),
    figures: adaptationFigures,
    next: adaptationNext,
  },
  landing: {
    steps: landing.steps.map((id) => ({ id, ...landingStepKinds[id] })),
    figures: landingFigures,
    next: landingNext,
  },
  service: {
    steps: service.steps.map((id) => ({ id, ...serviceStepKinds[id] })),
    figures: serviceFigures,
    next: serviceNext,
  },
};

export function overview(context: EngineContext): Overview {
  const { store, queue, path, readOnly } = context;
  const stale = context.stale();
  const current = store.artifacts.allCurrent();
  const running = new Set(
    queue
      .list()
      .filter((job) => !isSettled(job.state))
      .map((job) => kindOf(job.slot)),
  );
  const staleSlots = current.map((artifact) => artifact.slot).filter((slot) => (stale.get(slot)?.length ?? 0) > 0);

  const statusOf = ({ kinds, done }: StepKinds): { status: StageStatus; slots: string[] } => {
    const slots = current.map((artifact) => artifact.slot).filter((slot) => kinds.includes(kindOf(slot)));
    if (kinds.some((kind) => running.has(kind))) return { status: 'running', slots };
    if (slots.some((slot) => staleSlots.includes(slot))) return { status: 'stale', slots };
    if (slots.some((slot) => done.includes(kindOf(slot)))) return { status: 'done', slots };
    return { status: slots.length > 0 ? 'in-progress' : 'not-started', slots };
  };

  const stageOf = (id: StageId): Overview['stages'][number] => {
    const map = STAGE_MAPS[id];
    const steps = map.steps.map((step) => ({
      id: step.id,
      ...(step.kinds.length === 0 ? { status: 'not-built' as const, slots: [] } : statusOf(step)),
    }));
    return { id, status: combined(steps.map((step) => step.status)), figures: map.figures(context), steps };
  };

  const project = store.project.get();
  return {
    project: {
      id: project.id,
      name: project.name,
      customer: project.customer,
      period: project.period,
      path,
      encrypted: context.encrypted,
      sample: project.sample,
      readOnly,
      syncedBy: syncedBy(path),
      createdAt: project.createdAt,
      savedAt: project.savedAt,
      dataVersion: project.dataVersion,
    },
    stages: STAGE_IDS.map(stageOf),
    staleSlots,
    next: STAGE_IDS.flatMap((id) => STAGE_MAPS[id].next(context)),
    recentArtifacts: current
      .slice(0, RECENT_ARTIFACTS)
      .map((artifact) => artifactInfo(artifact, stale.get(artifact.slot) ?? [])),
  };
}

function combined(steps: readonly StageStatus[]): StageStatus {
  const built = steps.filter((status) => status !== 'not-built');
  if (built.length === 0) return 'not-built';
  if (built.includes('running')) return 'running';
  if (built.includes('stale')) return 'stale';
  if (built.every((status) => status === 'done')) return 'done';
  return built.some((status) => status !== 'not-started') ? 'in-progress' : 'not-started';
}
