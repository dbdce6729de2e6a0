import { defineStage } from '../../contract/stage.ts';

export const adaptation = defineStage('adaptation', ['scenarios', 'recipe', 'tests', 'matrix'], {});
