import { defineStage } from '../../contract/stage.ts';

export const demand = defineStage('demand', ['import', 'clean', 'topics', 'drivers', 'needs'], {});
