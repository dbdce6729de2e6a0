import type { StageId, StageRegistry } from '../../shared/contract/stage.ts';
import type { I18nKey } from '../../shared/i18n/translate.ts';
import { isI18nKey } from '../../shared/i18n/translate.ts';
import { adaptation } from '../../shared/stages/adaptation/contract.ts';
import { competitiveness } from '../../shared/stages/competitiveness/contract.ts';
import { demand } from '../../shared/stages/demand/contract.ts';
import { landing } from '../../shared/stages/landing/contract.ts';
import { service } from '../../shared/stages/service/contract.ts';

/** The steps of each wizard, in order. */
export const STAGE_STEPS = {
  demand: demand.steps,
  competitiveness: competitiveness.steps,
  adaptation: adaptation.steps,
  landing: landing.steps,
  service: service.steps,
} as const satisfies StageRegistry<readonly string[]>;

export type StepOf<S extends StageId> = (typeof STAGE_STEPS)[S][number];

export function isStepOf<S extends StageId>(stage: S, step: string): step is StepOf<S> {
  return (STAGE_STEPS[stage] as readonly string[]).includes(step);
}

/** The key of a step's title; the stage's name where the step is not known. */
export function stepTitleKey(stage: StageId, step: string): I18nKey {
  const key = `stage.${stage}.step.${step}.title`;
  return isI18nKey(key) ? key : `stage.${stage}.name`;
}
