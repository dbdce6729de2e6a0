import type { Builder } from '../autodiff/builder.ts';
import type { Value } from '../autodiff/graph.ts';
import { type LinearModule, LORA_MODULES, layerPrefix, linearShape, loraTensors } from './parameters.ts';
import type { NamedTensor, NamedTensors, TrainSpec, TuningMethod } from './spec.ts';

export type LoraMethod = Extract<TuningMethod, { type: 'lora' | 'adalora' }>;

export const isLora = (method: TuningMethod | null): method is LoraMethod =>
  method?.type === 'lora' || method?.type === 'adalora';

/** s of y = xWᵀ + b + s·(xAᵀ)Bᵀ: α/r, or α/√r where rank-stabilised. For AdaLoRA, whose A has its rows multiplied by E, r is the rank it began with.
 *  @source peft lora/layer.py, adalora/layer.py SVDLinear; Kalajdzievski 2023 */
function loraScale(method: LoraMethod): number {
  if (method.type === 'adalora') return method.alpha / (method.rank + 1e-5);
  return method.alpha / (method.rankStabilised ? Math.sqrt(method.rank) : method.rank);
}

export function isLoraTarget(method: LoraMethod, module: LinearModule): boolean {
  return method.targets.some((target) => LORA_MODULES[target] === module);
}

/** Adds LoRA's share to `y` = x·[W₁; W₂; …]ᵀ [n, sum of outputs] for linear layers packed into one product:
 *  the A of the targets stand below each other, their B on the diagonal of a block matrix. */
export function addLora(
  b: Builder,
  method: LoraMethod,
  modules: readonly { readonly outputs: number; readonly matrices: { readonly a: Value; readonly b: Value } | null }[],
  x: Value,
  y: Value,
  scale: number,
): Value {
  const targets = modules.flatMap(({ matrices }) => (matrices === null ? [] : [matrices]));
  if (targets.length === 0) return y;
  const stackedA =
    targets.length === 1
      ? targets[0]!.a
      : b.op(
          'Concat',
          targets.map((pair) => pair.a),
          { axis: 0 },
        );
  let seen = 0;
  const rowsOfB = modules.map(({ outputs, matrices }) => {
    if (matrices === null) return b.filled([outputs, targets.length * method.rank], 0);
    const before = seen++;
    const after = targets.length - seen;
    const blocks = [matrices.b];
    if (before > 0) blocks.unshift(b.filled([outputs, before * method.rank], 0));
    if (after > 0) blocks.push(b.filled([outputs, after * method.rank], 0));
    return blocks.length === 1 ? matrices.b : b.op('Concat', blocks, { axis: 1 });
  });
  const blockB = rowsOfB.length === 1 ? rowsOfB[0]! : b.op('Concat', rowsOfB, { axis: 0 });
  const inner = b.op('Gemm', [x, stackedA], { transB: 1 });
  return b.op('Gemm', [inner, blockB, y], { transB: 1, alpha: loraScale(method) * scale });
}

/** The base weights with s·B·A (AdaLoRA: s·B·diag(E)·A) added to every target; LoRA's own matrices are left out. */
export function mergeLora(spec: TrainSpec, weights: NamedTensors): NamedTensors {
  const { method, encoder } = spec;
  if (!isLora(method)) return weights;
  const own = new Set(loraTensors(spec).map(({ name }) => name));
  const merged = new Map<string, NamedTensor>([...weights].filter(([name]) => !own.has(name)));
  const scale = loraScale(method);
  for (let layer = 0; layer < encoder.layers; layer++) {
    for (const target of method.targets) {
      const module = `${layerPrefix(layer)}${LORA_MODULES[target]}`;
      const [out, width] = linearShape(encoder, LORA_MODULES[target], layer);
      const a = weights.get(`${module}.lora_A.weight`)!.data;
      const b = weights.get(`${module}.lora_B.weight`)!.data;
      const e = weights.get(`${module}.lora_E.weight`)?.data;
      const data = weights.get(`${module}.weight`)!.data.slice();
      for (let i = 0; i < out; i++) {
        for (let j = 0; j < width; j++) {
          let sum = 0;
          for (let k = 0; k < method.rank; k++) {
            sum += b[i * method.rank + k]! * (e?.[k] ?? 1) * a[k * width + j]!;
          }
          data[i * width + j] = data[i * width + j]! + scale * sum;
        }
      }
      merged.set(`${module}.weight`, { shape: [out, width], data });
    }
  }
  return merged;
}
