export { linearScale, roundTicks } from '../../shared/charts/scale.ts';
