import { defineStage } from '../../contract/stage.ts';

export const competitiveness = defineStage(
  'competitiveness',
  ['data', 'models', 'compression', 'experiments', 'strategy'],
  {},
);
