import type { TextShape } from '../../../i18n/text-shape.ts';
import type { compressionScreenZhCN } from './screen.zh-CN.ts';

export const compressionScreenEn: TextShape<typeof compressionScreenZhCN> = {
  noRun: 'No model to compress yet',
  noRunHint:
    'This makes a trained model smaller and faster, compares it row by row with its original on the same test rows, and refuses it when it loses too much. Train a model first.',
  goModels: 'Go to training',
  none: 'Nothing compressed yet',
  noneHint: 'Choose a run, say how much accuracy may be lost, and start. The original stays as it is.',
  form: 'New compression',
  run: 'Original',
  technique: 'Technique',
  techniques: {
    int8: '8-bit integers (int8)',
    vocabulary: 'Cut the vocabulary',
    'ffn-pruning': 'Cut feed-forward columns',
    'head-pruning': 'Cut attention heads',
    'layer-drop': 'Drop layers',
    distillation: 'Distil into fewer layers',
    'int8-static': '8-bit integers, activations measured beforehand',
    float16: '16-bit floats (float16)',
    int4: '4-bit integers (int4)',
    magnitude: 'Small weights to zero, stored sparsely',
    'n-m': 'Two of every four weights, stored sparsely',
  },
  techniqueWhen: {
    int8: 'Try this first: a quarter of the file, faster on most processors, hardly any accuracy lost. Weights have one scale per output channel, the word table one per row; the classifier head stays in 32 bits.',
    'int8-static':
      'When a text must get the same scores whatever texts share its batch: activation scales are measured on training rows beforehand; accuracy may be a little below plain int8.',
    float16:
      'When half the file is enough and answers should hardly change: weights are stored in 16 bits and computed in 32 once loaded, so it is no faster and takes no less memory.',
    int4: 'When the file has to be as small as can be: matrices in 4 bits, 32 weights to a block, the word table in 8; loses more than int8 and is seldom faster.',
    vocabulary:
      'When the file is too large and texts are of one field: only the words of this project’s texts, special tokens and single characters stay, and answers stay the same to the letter; words never seen are read by their characters. No faster.',
    'ffn-pruning':
      'When it has to be faster on any processor: feed-forward layers are two thirds of the work, and the columns that matter least to the loss go, in blocks of 32.',
    'head-pruning':
      'Beside cut columns: the attention heads that matter least to the loss go, at least one stays in a layer; saves less than columns.',
    'layer-drop':
      'When much speed is missing: each layer is left out on trial and the one missed least goes. Of a model with few layers drop one at most.',
    distillation:
      'When a far smaller model is wanted: some layers stay, evenly spread, and learn the answers of the original.',
    magnitude:
      'When only the file should be smaller: in every matrix a share of the smallest weights becomes zero, and zeros are left out of the file; products stay dense, so it is no faster.',
    'n-m':
      'The same with exactly two of every four weights left, for devices that have 2:4 sparsity; no faster on a processor.',
  },
  share: 'Share that goes (%)',
  shareHint: 'Of all attention heads, of all feed-forward columns, or of the weights of each matrix',
  more: 'More settings',
  keep: 'Parts left in 32 bits',
  keepHint: 'These are not compressed: leave the most sensitive of the table',
  calibration: 'Range of activations',
  calibrationHint: 'With all values it is safest; with a few cut off at both ends the rest is finer',
  calibrations: { 'min-max': 'all values', percentile: '99.99 % of them' },
  epochs: 'Epochs of learning',
  epochsHint: 'How long what is left learns from the original; 0 for not at all',
  temperature: 'Distillation temperature',
  temperatureHint: 'The higher, the more the original’s second thoughts count; usually 2 to 4',
  alpha: 'Weight of the original’s answers',
  alphaHint: 'The rest is the labels’; usually 0.5 to 0.9',
  learningRate: 'Learning rate',
  learningRateHint: 'How far each step goes; seldom needs changing',
  layers: 'Layers that stay',
  layersHint: 'The original has {layers}',
  tolerance: 'Allowed loss (points)',
  toleranceHint: 'How far accuracy may fall. Beyond it, or where the paired test finds a loss, the model is refused.',
  name: 'Name',
  defaultName: '{name} · {technique}',
  start: 'Compress',
  nameMissing: 'Give it a name first',
  queue: 'Compressing and waiting',
  table: 'Originals and compressed models',
  model: 'Model',
  original: 'original',
  quality: 'Accuracy, macro-F1',
  savings: 'The file is 1/{size} of {id}’s, and one answer is {speed} times as fast.',
  difference: 'Difference (points)',
  memory: 'Memory (MB)',
  memoryMethod:
    'Most memory that a new process has used which loads this file alone and answers, the runtime included.',
  sizeMethod: 'Bytes of the exported file, all weights inside.',
  latencyMethod:
    'The exported file, opened as the server of a package opens it, 1 text of {tokens} tokens at a time, {threads} {threads, plural:thread|threads}, {provider}, repeated {repeats} times, right after its original in one job; {rate} texts per second in batches.',
  changed: 'Rows changed',
  changedTitle: '{id} against {parent}: {change}',
  changes: { fixed: 'fixed', broken: 'broken' },
  gate: 'Verdict',
  verdict: { accepted: 'accepted', unproven: 'not shown', refused: 'refused' },
  reason: {
    'within-tolerance': 'The loss is within {tolerance} points, and {rows} test rows are enough to rule out more.',
    'loss-not-excluded':
      'The loss measured is within bounds, but {rows} test rows do not rule out more than {tolerance} points.',
    'too-few-rows':
      'It loses {loss} points where {tolerance} are allowed, but {rows} test rows are too few to tell that from chance.',
    'loss-beyond-tolerance': 'It loses {loss} points; {tolerance} are allowed.',
    'significant-loss': 'The paired test finds a loss (McNemar p = {p}), though of less than {tolerance} points.',
  },
  rowsFarMore: 'Far more test rows than there are would be needed to settle it; or allow a larger loss.',
  rowsNeeded: 'About {rows} test rows would settle a difference like this; or allow a larger loss.',
  sensitive: 'Most sensitive: {parts}.',
  partsJoin: ', ',
  gateMethod:
    'Refused: accuracy fell by more than allowed, or McNemar p < 0.05 with a loss. Not shown: the 95 % paired bootstrap interval ({resamples} resamples) still holds a loss beyond it. Else accepted.',
  chart: 'Accuracy against latency',
  chartSize: 'the area of a dot is the file size',
  chartX: 'p95 latency (ms)',
  chartFloor: 'lowest acceptable {value}',
  sensitivity: 'How sensitive each part is ({id})',
  sensitivityHint: 'How far answers to {rows} dev texts move when this part alone is compressed.',
  sensitivityNone: 'No dev rows, so the parts were not measured.',
  change: {
    layers: 'layers {before} → {after}',
    heads: 'heads {before} → {after}',
    columns: 'feed-forward columns {before} → {after}',
    words: 'words {before} → {after}',
  },
  part: 'Part',
  logitChange: 'Change of scores',
  logitChangeMethod:
    'Root mean square change of the class scores over the root mean square spread of the scores within a text.',
  changedRows: 'Other class',
  accuracyChange: 'Accuracy (points)',
  accuracyChangeMethod:
    'Accuracy on the dev texts with this part alone compressed, minus accuracy as it was; few texts, for orientation only.',
  group: {
    embeddings: 'Word table',
    attention: 'Layer {layer} · attention',
    'feed-forward': 'Layer {layer} · feed-forward',
    layer: 'Layer {layer}',
    vocabulary: 'Vocabulary',
  },
  batchNote:
    'Where activations are measured as they come, the texts of a batch share one scale, so the scores of a text vary a little with the texts beside it; verdicts are of answers given in batches.',
};
