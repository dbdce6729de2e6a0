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
  techniques: { int8: '8-bit integers (int8)' },
  techniqueHint:
    'Weights become 8-bit integers with one scale per output channel, the word table with one per row; the classifier head stays in 32 bits. The file is about a quarter of the original.',
  tolerance: 'Allowed loss (points)',
  toleranceHint: 'How far accuracy may fall. Beyond it, or where the paired test finds a loss, the model is refused.',
  name: 'Name',
  defaultName: '{name} · int8',
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
    'The exported file, 1 text of {tokens} tokens at a time, {threads} {threads, plural:thread|threads}, {provider}, repeated {repeats} times, right after its original in one job; {rate} texts per second in batches.',
  changed: 'Rows changed',
  changedTitle: '{id} against {parent}: {change}',
  changes: { fixed: 'fixed', broken: 'broken' },
  gate: 'Verdict',
  verdict: { accepted: 'accepted', unproven: 'not shown', refused: 'refused' },
  reason: {
    'within-tolerance': 'The loss is within {tolerance} points, and {rows} test rows are enough to rule out more.',
    'loss-not-excluded':
      'The loss measured is within bounds, but {rows} test rows do not rule out more than {tolerance} points.',
    'loss-beyond-tolerance': 'It loses {loss} points; {tolerance} are allowed.',
    'significant-loss': 'The paired test finds a loss (McNemar p = {p}), though of less than {tolerance} points.',
  },
  rowsNeeded: 'About {rows} test rows would do, or a larger allowed loss.',
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
  },
  batchNote:
    'In 8 bits the texts of a batch share one activation scale, so the scores of a text vary a little with the texts beside it; verdicts are of answers given in batches.',
};
