import { type Family, familyModule, familyTensorName } from './families.ts';
import type { LoraMethod } from './lora.ts';
import { LORA_MODULES } from './parameters.ts';
import type { LoraTarget, NamedTensor, NamedTensors } from './spec.ts';

/** Names and settings under which Hugging Face's transformers and peft know our tensors. */

/** A whole model for transformers, or LoRA's matrices for peft. */
export const HUB_FORMATS = ['model', 'adapter'] as const;
export type HubFormat = (typeof HUB_FORMATS)[number];

export const PEFT_PREFIX = 'base_model.model.';
const HEAD = /^classifier\./;
const LOW_RANK = /\.lora_[AEB]\.weight$/;

/** LoRA's or AdaLoRA's matrices and the head among trained tensors: what stands beside the base in an adapter. */
export function adapterPart(parameters: NamedTensors): NamedTensors {
  return new Map([...parameters].filter(([name]) => LOW_RANK.test(name) || HEAD.test(name)));
}

export interface PeftAdapter {
  readonly tensors: NamedTensors;
  /** The content of `adapter_config.json`. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** An adapter as peft reads it, under the names of the base's family. AdaLoRA's triplets whose E is 0 are left out.
 *  @source peft 0.21.2: LoraConfig, AdaLoraConfig, AdaLoraModel.resize_state_dict_by_rank_pattern */
export function peftAdapter(method: LoraMethod, tensors: NamedTensors, base: string, family: Family): PeftAdapter {
  const rename = (name: string) => familyTensorName(family, name);
  const common = { base_model_name_or_path: base, inference_mode: true, ...loraSettings(method, family) };
  if (method.type === 'lora') {
    return {
      tensors: new Map([...tensors].map(([name, tensor]) => [`${PEFT_PREFIX}${rename(name)}`, tensor])),
      config: { peft_type: 'LORA', ...rankSettings(method), ...common },
    };
  }
  const { cut, pattern } = withoutDropped(method, tensors);
  return {
    // AdaLoRA's matrices are parameters of the layer itself, without a module around them.
    tensors: new Map(
      [...cut].map(([name, tensor]) => [
        `${PEFT_PREFIX}${rename(LOW_RANK.test(name) ? name.replace(/\.weight$/, '') : name)}`,
        tensor,
      ]),
    ),
    config: {
      peft_type: 'ADALORA',
      init_r: method.rank,
      target_r: method.targetRank,
      tinit: 0,
      tfinal: 0,
      deltaT: method.interval,
      beta1: 0.85,
      beta2: 0.85,
      orth_reg_weight: method.orthogonality,
      total_step: 1,
      rank_pattern: Object.fromEntries(pattern.map(([module, kept]) => [`${rename(module)}.lora_E`, kept])),
      ...common,
    },
  };
}

/** What `LoraConfig` takes to begin a training with. */
export function peftSettings(
  method: Extract<LoraMethod, { type: 'lora' }>,
  family: Family,
): Readonly<Record<string, unknown>> {
  return { ...rankSettings(method), ...loraSettings(method, family) };
}

const rankSettings = ({ rank, rankStabilised }: Extract<LoraMethod, { type: 'lora' }>) => ({
  r: rank,
  use_rslora: rankStabilised,
});

function loraSettings({ targets, alpha }: LoraMethod, family: Family) {
  const module = (target: LoraTarget) => familyModule(family, LORA_MODULES[target]).replaceAll('.', '\\.');
  const modules = targets.map(module).join('|');
  return {
    task_type: 'TOKEN_CLS',
    target_modules: `.*layer\\.\\d+\\.(${modules})`,
    modules_to_save: ['classifier'],
    lora_alpha: alpha,
    lora_dropout: 0,
    bias: 'none',
    fan_in_fan_out: false,
  };
}

function withoutDropped(method: LoraMethod, tensors: NamedTensors) {
  const cut = new Map(tensors);
  const pattern: (readonly [module: string, kept: readonly boolean[]])[] = [];
  for (const [name, e] of tensors) {
    if (!name.endsWith('.lora_E.weight')) continue;
    const module = name.slice(0, -'.lora_E.weight'.length);
    const kept = Array.from(e.data, (value) => value !== 0);
    pattern.push([module, kept]);
    cut.set(name, rowsOf(e, kept));
    cut.set(`${module}.lora_A.weight`, rowsOf(tensors.get(`${module}.lora_A.weight`)!, kept));
    cut.set(`${module}.lora_B.weight`, columnsOf(tensors.get(`${module}.lora_B.weight`)!, kept, method.rank));
  }
  return { cut, pattern };
}

function rowsOf({ shape, data }: NamedTensor, kept: readonly boolean[]): NamedTensor {
  const width = shape[1]!;
  const rows = kept.flatMap((stays, row) => (stays ? [...data.subarray(row * width, (row + 1) * width)] : []));
  return { shape: [rows.length / width, width], data: Float32Array.from(rows) };
}

function columnsOf({ shape, data }: NamedTensor, kept: readonly boolean[], rank: number): NamedTensor {
  const picked = data.filter((_, i) => kept[i % rank]);
  return { shape: [shape[0]!, kept.filter(Boolean).length], data: picked };
}
