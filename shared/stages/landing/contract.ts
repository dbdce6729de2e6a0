import { defineStage } from '../../contract/stage.ts';

export const landing = defineStage('landing', ['goals', 'solution', 'package', 'pilot'], {});
