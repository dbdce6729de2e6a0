import type { StageId } from '../contract/stage.ts';
import type { glossaryTextsZhCN } from './glossary.zh-CN.ts';
import type { StepGuides } from './step-guide.ts';

export type GlossaryTerm = keyof typeof glossaryTextsZhCN;

/** A place where a term is used: a step, or a page of the frame. */
export type TermPlace =
  | { readonly [S in StageId]: { readonly stage: S; readonly step: keyof StepGuides[S] } }[StageId]
  | { readonly page: 'map' | 'audit' };

const at = <S extends StageId>(stage: S, step: keyof StepGuides[S]) => ({ stage, step }) as TermPlace;

/** Where each term is used: a term without a place does not compile. */
export const GLOSSARY: { readonly [T in GlossaryTerm]: readonly TermPlace[] } = {
  data: [at('demand', 'import')],
  need: [at('demand', 'needs')],
  f1: [at('demand', 'needs')],
  g: [at('competitiveness', 'strategy')],
  p: [at('competitiveness', 'models')],
  u: [at('competitiveness', 'experiments')],
  interval: [at('demand', 'needs'), at('competitiveness', 'models')],
  bootstrap: [at('demand', 'needs'), at('competitiveness', 'strategy')],
  rankInterval: [at('demand', 'needs'), at('service', 'improvement')],
  share: [at('demand', 'needs'), at('competitiveness', 'strategy')],
  relativeWeights: [at('demand', 'drivers')],
  rSquared: [at('demand', 'drivers')],
  gap: [at('demand', 'needs')],
  nps: [at('demand', 'drivers'), at('service', 'rounds')],
  csat: [at('demand', 'drivers'), at('service', 'rounds')],
  ces: [at('demand', 'drivers'), at('service', 'rounds')],
  embedding: [at('demand', 'topics')],
  topic: [at('demand', 'topics')],
  tfidf: [at('demand', 'topics'), at('competitiveness', 'models')],
  nearDuplicate: [at('demand', 'clean')],
  personalData: [at('demand', 'clean')],
  testLock: [at('competitiveness', 'data')],
  leak: [at('competitiveness', 'data')],
  floor: [at('competitiveness', 'models')],
  encoder: [at('competitiveness', 'models')],
  fineTuning: [at('competitiveness', 'models')],
  learningRate: [at('competitiveness', 'models')],
  lora: [at('competitiveness', 'models'), at('adaptation', 'recipe')],
  classWeight: [at('competitiveness', 'models')],
  labelSmoothing: [at('competitiveness', 'models')],
  focalLoss: [at('competitiveness', 'models')],
  logitAdjustment: [at('competitiveness', 'models')],
  rDrop: [at('competitiveness', 'models')],
  adversarialTraining: [at('competitiveness', 'models'), at('adaptation', 'tests')],
  replay: [at('adaptation', 'recipe')],
  ewc: [at('adaptation', 'recipe')],
  augmentation: [at('competitiveness', 'models')],
  quantisation: [at('competitiveness', 'compression')],
  accuracy: [at('competitiveness', 'models')],
  macroF1: [at('competitiveness', 'models')],
  calibration: [at('competitiveness', 'models'), at('adaptation', 'tests')],
  mcnemar: [at('competitiveness', 'compression')],
  effect: [at('competitiveness', 'experiments'), at('landing', 'pilot')],
  abTest: [at('competitiveness', 'experiments')],
  srm: [at('competitiveness', 'experiments'), at('landing', 'pilot')],
  power: [at('competitiveness', 'experiments'), at('landing', 'pilot')],
  guardrail: [at('landing', 'pilot')],
  sus: [at('competitiveness', 'experiments')],
  scenario: [at('adaptation', 'scenarios')],
  limit: [at('adaptation', 'scenarios'), at('adaptation', 'tests')],
  slice: [at('adaptation', 'tests'), at('service', 'monitoring')],
  robustness: [at('adaptation', 'tests')],
  rejectOption: [at('adaptation', 'recipe')],
  expectedCost: [at('adaptation', 'matrix')],
  auc: [at('adaptation', 'recipe'), at('adaptation', 'tables'), at('service', 'monitoring')],
  logOdds: [at('adaptation', 'tables')],
  woe: [at('adaptation', 'tables')],
  shapley: [at('adaptation', 'tables')],
  fourFifths: [at('adaptation', 'tables')],
  brier: [at('adaptation', 'tables')],
  crossValidation: [at('adaptation', 'tables')],
  forgetting: [at('adaptation', 'matrix')],
  valueRange: [at('landing', 'goals')],
  erlangC: [at('landing', 'solution')],
  pilotVerdict: [at('landing', 'pilot')],
  sla: [at('service', 'tickets')],
  wilson: [at('service', 'tickets')],
  kaplanMeier: [at('service', 'tickets')],
  controlLimits: [at('service', 'rounds')],
  drift: [at('service', 'monitoring')],
  holm: [at('service', 'monitoring')],
  backlogScore: [at('service', 'improvement')],
  stale: [{ page: 'map' }],
  seed: [at('demand', 'needs')],
  audit: [{ page: 'audit' }],
};

export const GLOSSARY_TERMS = Object.keys(GLOSSARY) as readonly GlossaryTerm[];
