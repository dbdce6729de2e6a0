import type { TextShape } from '../../../i18n/text-shape.ts';
import type { packageCardZhCN, packageReadmeZhCN } from './documents.zh-CN.ts';

export const packageCardEn: TextShape<typeof packageCardZhCN> = {
  title: 'Model card: {name}',
  summary:
    'Puts a text ({language}) into one of {classes} classes. On {rows} test texts that it never saw in training its accuracy is {accuracy}, 95 % interval [{low}, {high}].',
  warnings: 'Know before you deliver',
  use: 'Use',
  intended:
    'For: sorting texts ({language}) into these classes: {labels}. Texts should be like the training data: same source, language and length.',
  needs: 'Needs that it serves (stage 1, f1; weight with 95 % interval):',
  need: '{name}: {weight}',
  notFor:
    'Not for: decisions about a person that nobody looks at; questions outside these classes; other languages; writing text. A probability says how sure the model is, it proves nothing.',
  quality: 'Quality',
  what: 'Item',
  value: 'Value',
  qualityMethod:
    'All measured on the same {rows} locked test texts; in brackets the 95 % interval of {resamples} bootstrap resamples.',
  calibration: 'Calibration: expected calibration error {ece} (n = {rows}).',
  temperature:
    'Probabilities are calibrated: softmax(logits ÷ T) with T = {temperature}, fitted on {devRows} dev rows for the model as it is packed. Expected calibration error on the test texts: {after} with T, {before} without (n = {rows}; 95 % interval of {resamples} bootstrap resamples). Answers stay the same.',
  temperatureLimited:
    'Probabilities are not calibrated: the {devRows} dev rows are all right or all wrong, so no temperature fits. Expected calibration error on the test texts: {before} (n = {rows}; 95 % interval of {resamples} bootstrap resamples).',
  temperatureNone: 'Probabilities are not calibrated: without dev rows there is no temperature.',
  demandWeighted: 'Accuracy weighted by need {accuracy}; {share} of the need weight is covered.',
  latency:
    'On the machine that measured this, {tokens} tokens a text and {threads} {threads, plural:thread|threads}: p50 {p50} ms, p95 {p95} ms ({repeats} repeats). Measure on yours.',
  latencyNone: 'Latency was not measured.',
  floorsNone: 'The simplest methods were not measured, so there is nothing to hold it against.',
  classes: 'Classes',
  label: 'Class',
  trainRows: 'Train',
  testRows: 'Test',
  strongest: '{name} (strongest)',
  precisionOf: 'Precision',
  recallOf: 'Recall',
  predictedShare: 'Share of answers',
  tests: 'Scenario tests',
  testsNone: 'No scenario tests were run: slices, perturbations and business limits are untested.',
  test: 'Test',
  limit: 'Limit',
  verdict: 'Verdict',
  verdicts: {
    passed: 'passed',
    failed: 'failed',
    unclear: 'unclear: the interval spans the limit',
    'no-verdict': 'no verdict',
  },
  data: 'Data',
  dataSources: 'Sources: {sources}.',
  dataSplit: '{train} training, {dev} development and {test} test texts; equal texts never stand on both sides.',
  dataSeed: 'Seed of the split: {seed}.',
  dataLock: 'Test lock (SHA-256): `{lock}`.',
  limits: 'Limits of use',
  limitLanguage: 'Trained and tested on texts of this language only: {language}.',
  limitClosed: 'Every answer is one of the {classes} classes: a text that belongs to none gets an answer too.',
  limitLength:
    'Reads the first {maxLength} tokens; longer texts lose their end, and the answer says `truncated`: true.',
  limitWeakest: 'Classes with the lowest recall: {classes}.',
  limitConfused: 'Confused most often (actual → answer, rows): {pairs}.',
  limitNoThreshold:
    'There is no reject threshold: `accepted` is always true. Decide yourself which unsure answers go to a person.',
  limitThreshold: 'Answers below {threshold} have `accepted`: false and belong to a person.',
  limitThresholdBefore:
    'Answers whose probability before the temperature, softmax(logits), is below {threshold} have `accepted`: false and belong to a person: the threshold was chosen and measured on that.',
  watch: 'Drift to watch',
  watchLead:
    'These are the levels on the test texts. Count the same every week in production; where they leave, label a sample and measure again rather than go by impression.',
  onTest: 'Test texts (n = {rows})',
  look: 'How to read it',
  watchConfidence: 'Mean probability',
  watchConfidenceLook: 'well outside the interval: the texts have changed',
  watchUnsure: 'Share below 50 % probability',
  watchUnsureLook: 'doubles: new wording or new questions',
  watchTruncated: 'Share cut off',
  watchTruncatedLook: 'rises: texts grow longer and their ends are lost',
  watchShares: 'Most frequent answers',
  watchSharesLook: 'shift: first ask whether the business changed',
  cleanMasked:
    'Texts are tidied (NFKC, spaces, control characters), then identity, bank card and mobile numbers and e-mail addresses are masked, as in training.',
  cleanPlain: 'Texts are tidied (NFKC, spaces, control characters) as in training; personal data are not masked.',
  origin: 'Origin',
  project: 'Project',
  model: 'Model',
  base: 'Base model',
  parameters: 'Parameters',
  precision: 'Precision',
  size: 'Model file',
  versions: 'Versions',
  builtAt: 'Built',
  inputs: 'Made from these results:',
  slot: 'Result',
  version: 'Version',
};

export const packageReadmeEn: TextShape<typeof packageReadmeZhCN> = {
  lead: 'This folder is a text classification service, ready to run on {platform}. It needs Node 20 or newer and nothing else: no installation, no network.',
  start: 'Check and start',
  startNote:
    'The self-test compares every file with its checksum, reproduces the samples with the real model and asks the service over HTTP; it has passed when `passed` in its JSON line is true and it ends with 0.',
  ask: 'Ask',
  answer:
    'An answer has `label`, `probability`, `probabilities` (of every class), `calibrated`, `accepted` and `truncated`; `/batch` gives `results` in order.',
  calibrated:
    'Here `calibrated` is true: probabilities are softmax(logits ÷ {temperature}), the temperature of thresholds.json. Whoever runs model.onnx directly divides its logits by it; the label is the same either way.',
  notCalibrated:
    'Here `calibrated` is false: probabilities are softmax(logits), as the model gives them; MODEL_CARD.md says why.',
  accepted:
    'An answer with `accepted`: false stays below the threshold of thresholds.json and belongs to a person; without a threshold it is always true.',
  acceptedBefore:
    'An answer with `accepted`: false belongs to a person: its probability before the temperature, softmax(logits), stays below the threshold of thresholds.json, which was chosen and measured on that. Do not hold `probability` against it.',
  errors:
    'A refusal is 4xx or 5xx with an `error` object of `code` and `message`; codes do not change between versions. `GET /openapi.json` describes everything.',
  bounds:
    'At most 1 MiB a request, 20000 characters a text, 64 texts a batch; an answer never depends on what else is asked at the same time.',
  settings: 'Settings (environment)',
  variable: 'Variable',
  default: 'Default',
  meaning: 'Meaning',
  host: 'Address to listen on. Put a gateway with TLS and sign-in in front before you change it',
  port: 'Port; 0 takes any free one and prints it',
  threads: 'Threads of the model',
  threadsDefault: 'processors, at most 4',
  operate: 'Operate',
  operateProxy:
    'The service has no sign-in and no encryption of its own: only programs or a gateway on the same machine should reach it.',
  operateStop: 'On SIGTERM it finishes what has begun, then ends. systemd or a container can watch over it.',
  operateLog: 'Standard output has one JSON fact a line; texts are never logged.',
  operateOffline: 'It opens no outgoing connection, and the runtime’s telemetry is off before it loads.',
  operateText: 'Send texts as they are: tidying and masking happen here, as in training.',
  contents: 'Contents',
  file: 'File',
  content: {
    'server.mjs': 'the service',
    'self-test.mjs': 'the self-test',
    'model.onnx': 'the model with all weights; input_ids and attention_mask in, logits out',
    'tokenizer.json': 'the tokenizer',
    'config.json': 'the shape of the encoder',
    'labels.json': 'classes in the order of the model’s outputs',
    'thresholds.json': 'the reject threshold and the temperature of the probabilities; null where there is none',
    'preprocessing.json': 'how a text becomes the model’s input',
    'samples.json': 'sample inputs, the answers they must get, and the tolerance',
    'openapi.json': 'the interface (OpenAPI 3.1)',
    'manifest.json': 'origin, versions and hashes',
    'MODEL_CARD.md': 'model card: quality with intervals, data, limits',
    'checksums.sha256': 'SHA-256 of every file, for sha256sum -c as well',
    lib: 'modules of the service and the self-test',
    vendor: 'ONNX Runtime and the tokenizer library for one platform; do not lose the node_modules inside when copying',
    LICENSES: 'licences of the model and the runtime',
  },
  trouble: 'Trouble',
  troubleChanged: 'Files missing or changed: copy the whole folder again; some tools skip node_modules.',
  troublePlatform: 'onnxruntime_binding.node is not found: this is another system or processor; ask for its package.',
  troubleSamples:
    'Samples differ by more than {tolerance}: do not go live; give the self-test’s line to whoever delivered this.',
};
