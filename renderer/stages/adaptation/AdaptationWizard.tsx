import type { WizardProps } from '../../app/stage-wizards.tsx';
import { MatrixStep } from './steps/MatrixStep.tsx';
import { RecipeStep } from './steps/RecipeStep.tsx';
import { ScenariosStep } from './steps/ScenariosStep.tsx';
import { TablesStep } from './steps/TablesStep.tsx';
import { TestsStep } from './steps/TestsStep.tsx';
import './adaptation.css';

const STEPS = {
  scenarios: ScenariosStep,
  recipe: RecipeStep,
  tests: TestsStep,
  matrix: MatrixStep,
  tables: TablesStep,
} as const;

export function AdaptationWizard({ step }: WizardProps<'adaptation'>) {
  const Step = STEPS[step];
  return <Step />;
}
