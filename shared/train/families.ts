import type { LinearModule } from './parameters.ts';

/** The families of encoders that are BERT inside, and how each names its tensors. Inside the product every tensor bears BERT's name behind `bert.`.
 *  @source transformers 5.24: modeling_{bert,roberta,xlm_roberta,distilbert,electra}.py */

export const FAMILY_NAMES = ['bert', 'roberta', 'xlm-roberta', 'distilbert', 'electra'] as const;
/** As `model_type` in `config.json` says it. */
export type FamilyName = (typeof FAMILY_NAMES)[number];

export interface Family {
  /** Of the encoder's tensors where a head stands beside it. */
  readonly prefix: string;
  /** The class with a linear head over every token; over the pooled vector the same head is its mean over the tokens, or what it says of the first. */
  readonly tokenClassifier: string;
  /** RoBERTa numbers positions from the padding id on, and keeps rows below that empty. */
  readonly positionsFollowPadding: boolean;
  /** Between `layer.<i>.` and `weight`: BERT's name of a module by the family's own, where they differ. */
  readonly modules: readonly (readonly [bert: LinearModule | LayerNorm, own: string])[];
  /** What `config.json` calls the number of layers. */
  readonly layersSetting: 'num_hidden_layers' | 'n_layers';
  /** What stands before `<i>.` in a layer's tensors. */
  readonly layers: string;
}
type LayerNorm = 'attention.output.LayerNorm' | 'output.LayerNorm';

const LIKE_BERT = {
  positionsFollowPadding: false,
  modules: [],
  layers: 'encoder.layer.',
  layersSetting: 'num_hidden_layers',
} as const;

export const FAMILIES: Readonly<Record<FamilyName, Family>> = {
  bert: { ...LIKE_BERT, prefix: 'bert.', tokenClassifier: 'BertForTokenClassification' },
  roberta: {
    ...LIKE_BERT,
    prefix: 'roberta.',
    tokenClassifier: 'RobertaForTokenClassification',
    positionsFollowPadding: true,
  },
  'xlm-roberta': {
    ...LIKE_BERT,
    prefix: 'roberta.',
    tokenClassifier: 'XLMRobertaForTokenClassification',
    positionsFollowPadding: true,
  },
  electra: { ...LIKE_BERT, prefix: 'electra.', tokenClassifier: 'ElectraForTokenClassification' },
  distilbert: {
    prefix: 'distilbert.',
    tokenClassifier: 'DistilBertForTokenClassification',
    positionsFollowPadding: false,
    layers: 'transformer.layer.',
    layersSetting: 'n_layers',
    modules: [
      ['attention.self.query', 'attention.q_lin'],
      ['attention.self.key', 'attention.k_lin'],
      ['attention.self.value', 'attention.v_lin'],
      ['attention.output.dense', 'attention.out_lin'],
      ['attention.output.LayerNorm', 'sa_layer_norm'],
      ['intermediate.dense', 'ffn.lin1'],
      ['output.dense', 'ffn.lin2'],
      ['output.LayerNorm', 'output_layer_norm'],
    ],
  },
};

export const isFamily = (name: string): name is FamilyName => (FAMILY_NAMES as readonly string[]).includes(name);

const OURS = 'bert.';
const OUR_LAYERS = LIKE_BERT.layers;

/** A tensor of a file under our name: encoder tensors, bare or behind the family's prefix, as `bert.…`; other names stay.
 *  Norms of the first BERT files are called gamma and beta. */
export function ourTensorName(family: Family, name: string): string {
  const bare = name.startsWith(family.prefix) ? name.slice(family.prefix.length) : name;
  const own = inLayer(bare, family.layers, OUR_LAYERS, (rest) => renamed(rest, family.modules, 1, 0));
  if (!/^(embeddings|embeddings_project|encoder|pooler)\./.test(own)) return bare;
  return `${OURS}${own.replace(/LayerNorm\.gamma$/, 'LayerNorm.weight').replace(/LayerNorm\.beta$/, 'LayerNorm.bias')}`;
}

/** Our name of a tensor or module as the family has it. */
export function familyTensorName(family: Family, name: string): string {
  if (!name.startsWith(OURS)) return name;
  const bare = name.slice(OURS.length);
  return `${family.prefix}${inLayer(bare, OUR_LAYERS, family.layers, (rest) => renamed(rest, family.modules, 0, 1))}`;
}

/** The family's name of a linear module, within its layer. */
export const familyModule = (family: Family, module: LinearModule): string => renamed(module, family.modules, 0, 1);

/** `name` with the part behind `<from><i>.` changed and `to` in the place of `from`; as it is where it stands in no layer. */
function inLayer(name: string, from: string, to: string, change: (rest: string) => string): string {
  if (!name.startsWith(from)) return name;
  const found = /^(\d+\.)(.*)$/.exec(name.slice(from.length));
  return found === null ? name : `${to}${found[1]}${change(found[2]!)}`;
}

function renamed(rest: string, modules: Family['modules'], from: 0 | 1, to: 0 | 1): string {
  const pair = modules.find((names) => rest === names[from] || rest.startsWith(`${names[from]}.`));
  return pair === undefined ? rest : `${pair[to]}${rest.slice(pair[from].length)}`;
}
