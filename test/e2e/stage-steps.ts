import { adaptation } from '../../shared/stages/adaptation/contract.ts';
import { competitiveness } from '../../shared/stages/competitiveness/contract.ts';
import { demand } from '../../shared/stages/demand/contract.ts';
import { landing } from '../../shared/stages/landing/contract.ts';
import { service } from '../../shared/stages/service/contract.ts';

/** The steps of every wizard, in order. */
export const STAGE_STEPS = {
  demand: demand.steps,
  competitiveness: competitiveness.steps,
  adaptation: adaptation.steps,
  landing: landing.steps,
  service: service.steps,
} as const;
