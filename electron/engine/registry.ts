import type { ArtifactKind } from './artifacts/kind.ts';
import { documentKind } from './report/document.ts';
import { adaptationKinds } from './stages/adaptation/kinds.ts';
import { classifiedKind } from './stages/competitiveness/classified.ts';
import { compressedKind } from './stages/competitiveness/compressed.ts';
import { decisionKind } from './stages/competitiveness/decision.ts';
import { encoderKind } from './stages/competitiveness/encoders/encoder.ts';
import { experimentKind } from './stages/competitiveness/experiment.ts';
import { explanationKind } from './stages/competitiveness/explanation.ts';
import { faithfulnessKind } from './stages/competitiveness/faithfulness.ts';
import { floorsKind } from './stages/competitiveness/floors.ts';
import { hubExportKind } from './stages/competitiveness/hub-export.ts';
import { importedModelKind } from './stages/competitiveness/import-model.ts';
import { labelsKind } from './stages/competitiveness/labels.ts';
import { paraphrasesKind } from './stages/competitiveness/paraphrases.ts';
import { jobExportKind } from './stages/competitiveness/portable/job-export.ts';
import { runKind } from './stages/competitiveness/run.ts';
import { splitKind } from './stages/competitiveness/split.ts';
import { strategiesKind } from './stages/competitiveness/strategies.ts';
import { taskAnswersKind } from './stages/competitiveness/tasks/answers.ts';
import { taskDataKind } from './stages/competitiveness/tasks/data.ts';
import { taskFloorsKind } from './stages/competitiveness/tasks/floors.ts';
import { taskRunKind } from './stages/competitiveness/tasks/run.ts';
import { trainingPlanKind } from './stages/competitiveness/training-plan.ts';
import { usabilityKind } from './stages/competitiveness/usability.ts';
import { adoptionKind } from './stages/demand/adoption.ts';
import { cleanKind } from './stages/demand/clean.ts';
import { datasetKind } from './stages/demand/dataset.ts';
import { driversKind } from './stages/demand/drivers.ts';
import { embeddingsKind } from './stages/demand/embeddings.ts';
import { needsKind } from './stages/demand/needs.ts';
import { needsSetupKind, targetsKind } from './stages/demand/needs-setup.ts';
import { requirementsKind } from './stages/demand/requirements.ts';
import { rolesKind } from './stages/demand/roles.ts';
import { satisfactionKind } from './stages/demand/satisfaction.ts';
import { scoresKind } from './stages/demand/scores.ts';
import { topicEditsKind, topicsKind } from './stages/demand/topics.ts';
import { landingKinds } from './stages/landing/kinds.ts';
import { serviceKinds } from './stages/service/kinds.ts';

/** Every kind of artifact that a project can hold. */
export const artifactKinds: readonly ArtifactKind[] = [
  datasetKind,
  adoptionKind,
  rolesKind,
  cleanKind,
  embeddingsKind,
  topicsKind,
  topicEditsKind,
  needsSetupKind,
  satisfactionKind,
  scoresKind,
  driversKind,
  needsKind,
  targetsKind,
  requirementsKind,
  labelsKind,
  splitKind,
  floorsKind,
  trainingPlanKind,
  paraphrasesKind,
  runKind,
  compressedKind,
  hubExportKind,
  jobExportKind,
  encoderKind,
  taskDataKind,
  taskFloorsKind,
  taskRunKind,
  taskAnswersKind,
  importedModelKind,
  classifiedKind,
  explanationKind('competitiveness'),
  faithfulnessKind('competitiveness'),
  experimentKind,
  usabilityKind,
  strategiesKind,
  decisionKind,
  ...adaptationKinds,
  ...landingKinds,
  ...serviceKinds,
  documentKind,
];
