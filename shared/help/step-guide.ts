import type { adaptation } from '../stages/adaptation/contract.ts';
import type { competitiveness } from '../stages/competitiveness/contract.ts';
import type { demand } from '../stages/demand/contract.ts';
import type { landing } from '../stages/landing/contract.ts';
import type { service } from '../stages/service/contract.ts';

/** What a step does and why, for somebody who has never seen the method. */
export interface StepGuide {
  readonly what: string;
  readonly why: string;
  /** What is computed, in words. */
  readonly formula: string;
  readonly read: string;
}

/** One guide per step of every wizard: a missing one does not compile. */
export interface StepGuides {
  readonly demand: { readonly [S in (typeof demand.steps)[number]]: StepGuide };
  readonly competitiveness: { readonly [S in (typeof competitiveness.steps)[number]]: StepGuide };
  readonly adaptation: { readonly [S in (typeof adaptation.steps)[number]]: StepGuide };
  readonly landing: { readonly [S in (typeof landing.steps)[number]]: StepGuide };
  readonly service: { readonly [S in (typeof service.steps)[number]]: StepGuide };
}
