import type { ArtifactKind } from '../../artifacts/kind.ts';
import { explanationKind } from '../competitiveness/explanation.ts';
import { faithfulnessKind } from '../competitiveness/faithfulness.ts';
import { choiceKind } from './choice.ts';
import { dataKind } from './data.ts';
import { adaptedModelKind } from './model.ts';
import { recipeKind } from './recipe.ts';
import { limitsKind, scenarioKind } from './scenario.ts';
import { tableKind } from './tables/table.ts';
import { testsKind } from './tests.ts';
import { adaptationPlanKind } from './training-plan.ts';

/** Every kind of artifact of this stage. */
export const adaptationKinds: readonly ArtifactKind[] = [
  scenarioKind,
  limitsKind,
  dataKind,
  recipeKind,
  adaptationPlanKind,
  adaptedModelKind,
  explanationKind('adaptation'),
  faithfulnessKind('adaptation'),
  testsKind,
  choiceKind,
  tableKind,
];
