import { defineStage } from '../../contract/stage.ts';

export const service = defineStage('service', ['tickets', 'rounds', 'monitoring', 'improvement'], {});
