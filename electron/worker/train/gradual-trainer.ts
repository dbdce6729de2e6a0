import { initialTensors } from '../../../shared/train/initial.ts';
import type {
  NamedTensors,
  StepResult,
  TokenBatch,
  TrainBatch,
  Trainer,
  TrainerState,
  TrainSpec,
} from '../../../shared/train/spec.ts';
import { trainableNames } from '../../../shared/train/trainable.ts';
import { unfrozenInEpoch, unfrozenNames } from '../../../shared/train/unfreezing.ts';
import { createTrainer, type TrainerOptions } from '../ort/trainer.ts';

/** A trainer whose trained layers grow by one each epoch, from the top. What is not trained yet costs no gradients and no moments.
 *  A tensor's moments, and the count of updates that corrects them, begin when it begins to learn. */
export async function createGradualTrainer(
  spec: TrainSpec,
  weights: NamedTensors,
  options: TrainerOptions & { readonly stepsPerEpoch: number; readonly totalSteps: number },
): Promise<Trainer> {
  const { stepsPerEpoch, totalSteps } = options;
  const { layers } = spec.encoder;
  // Every depth has Adam's numbers of its own, as each has another age.
  const byDepth: TrainSpec = { ...spec, layerDecay: spec.layerDecay ?? 1 };
  const start: NamedTensors = new Map([...weights, ...initialTensors(spec, weights, options.rng)]);
  const all = trainableNames(spec);
  /** What learns in the update after `step`; after the last one, what learned in it. */
  const namesAt = (step: number) =>
    unfrozenNames(all, layers, Math.floor(Math.min(step, totalSteps - 1) / stepsPerEpoch));
  const open = (names: ReadonlySet<string>, parameters: NamedTensors) =>
    createTrainer(byDepth, new Map([...start, ...parameters]), {
      ...options,
      trainable: names,
      unfrozenAt: (depth) => stepsPerEpoch * unfrozenInEpoch(depth, layers),
    });

  let step = 0;
  let names = namesAt(0);
  let inner = await open(names, new Map());

  const bringTo = async (state: TrainerState) => {
    const wanted = namesAt(state.step);
    if (wanted.size !== names.size) {
      await inner.dispose();
      inner = await open(wanted, state.parameters);
      names = wanted;
    }
    // A state of an earlier epoch lacks what was frozen then: it stands as it began, without moments.
    const complete = (given: NamedTensors, otherwise: (name: string) => Float32Array) =>
      new Map(
        [...names].map((name) => [name, given.get(name) ?? { shape: start.get(name)!.shape, data: otherwise(name) }]),
      );
    const zeros = (name: string) => new Float32Array(start.get(name)!.data.length);
    await inner.restore({
      ...state,
      parameters: complete(state.parameters, (name) => start.get(name)!.data),
      firstMoments: complete(state.firstMoments, zeros),
      secondMoments: complete(state.secondMoments, zeros),
    });
    step = state.step;
  };

  return {
    maskElements: (rows: number, length: number) => inner.maskElements(rows, length),
    async step(batch: TrainBatch, lr: number, mask: Uint8Array): Promise<StepResult> {
      const result = await inner.step(batch, lr, mask);
      step++;
      if (namesAt(step).size !== names.size) await bringTo(inner.state());
      return result;
    },
    logits: (batch: TokenBatch) => inner.logits(batch),
    state: () => inner.state(),
    restore: bringTo,
    mergedWeights: () => inner.mergedWeights(),
    dispose: () => inner.dispose(),
  };
}
