import { analyseRows } from '../../../shared/stages/competitiveness/experiment/analyse-experiment.ts';
import {
  analyseUsability,
  type UsabilityCells,
} from '../../../shared/stages/competitiveness/usability/analyse-usability.ts';
import type { UsabilityChoice } from '../../../shared/stages/competitiveness/usability/results.ts';
import type { ComputeTask } from '../task.ts';

export const experimentTask: ComputeTask<
  {
    readonly id: string;
    readonly choice: Parameters<typeof analyseRows>[1];
    readonly cells: Parameters<typeof analyseRows>[2];
  },
  ReturnType<typeof analyseRows>
> = {
  run: ({ id, choice, cells }) => analyseRows(id, choice, cells),
};

export const usabilityTask: ComputeTask<
  { readonly id: string; readonly choice: UsabilityChoice; readonly cells: UsabilityCells },
  ReturnType<typeof analyseUsability>
> = {
  run: ({ id, choice, cells }) => analyseUsability(id, choice, cells),
};
