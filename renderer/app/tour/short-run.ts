import { call } from '../../engine.ts';
import { fittingModel } from '../../stages/competitiveness/use-results.ts';

/** Rounds over the train rows: enough to see the curve settle, few enough to wait for. */
const SHORT_EPOCHS = 2;

/** Starts a run with the recommended settings, but short. @throws AppError */
export async function startShortRun(name: string): Promise<void> {
  const [models, labels] = await Promise.all([
    call('competitiveness.baseModels', {}),
    call('competitiveness.labels', {}),
  ]);
  const modelId = fittingModel(models, labels?.result.language);
  if (modelId === null) return;
  const { config } = await call('competitiveness.suggestConfig', { modelId });
  await call('competitiveness.train', {
    name,
    modelId,
    config: { ...config, epochs: Math.min(SHORT_EPOCHS, config.epochs) },
  });
}
