import type { TextShape } from '../i18n/text-shape.ts';
import type { glossaryTextsZhCN } from './glossary.zh-CN.ts';

export const glossaryTextsEn: TextShape<typeof glossaryTextsZhCN> = {
  data: {
    name: 'D',
    also: 'customer data',
    plain:
      'All that customers said: rows of questionnaires, feedback and market research. Every later number comes from it.',
    formula: 'D = questionnaires + feedback + market research',
  },
  need: {
    name: 'need',
    also: 'needs',
    plain:
      'One thing that customers want, made of topics and questionnaire items of equal meaning; you can rename and merge it.',
    formula: '',
  },
  f1: {
    name: 'f1',
    also: 'f1(D)|need model',
    plain: 'The answer of stage 1: how much each need matters, and how sure that is.',
    formula: 'weight = 0.4 × driver + 0.3 × mention + 0.3 × satisfaction gap, scaled to add up to 1',
  },
  g: {
    name: 'g',
    also: 'f2|f2 = g(f1(D), P, U)',
    plain:
      'The function that joins weights of needs, performance P and experience U into ranked strategies; its result is f2.',
    formula: 'score = Σ weight of a need × gain, within limits of latency, size and budget',
  },
  p: {
    name: 'P',
    also: '',
    plain: 'Evidence of performance: accuracy, latency and size on the locked test rows.',
    formula: '',
  },
  u: {
    name: 'U',
    also: '',
    plain: 'Evidence of experience: A/B tests, usability questionnaires, task success.',
    formula: '',
  },
  interval: {
    name: 'interval',
    also: '95 % interval|intervals|confidence interval',
    plain: 'Where the number would roughly lie with other customers like these. The narrower, the surer.',
    formula: 'the 2.5 % to 97.5 % quantiles of the resamples',
  },
  bootstrap: {
    name: 'bootstrap',
    also: 'resample|resamples|resampled|resampling',
    plain:
      'Respondents are redrawn with replacement and everything is computed again, many times: so one sees how steady a number is.',
    formula: 'draw n with replacement → compute → repeat 1 000 times',
  },
  rankInterval: {
    name: 'rank interval',
    also: 'rank intervals',
    plain: 'The ranks between which a thing lies in 95 % of resamples. Where two overlap, their order is open.',
    formula: '',
  },
  share: {
    name: 'share of first places',
    also: 'comes first|how sure',
    plain: 'In how many resamples it comes first. Not the chance of being right, but how much the data agree.',
    formula: 'first places ÷ resamples',
  },
  relativeWeights: {
    name: 'Johnson’s relative weights',
    also: 'relative weights|driver|drivers',
    plain: 'Shares out fairly what each aspect adds to overall satisfaction although aspects go together.',
    formula: 'Σ relative weights = R²',
  },
  rSquared: {
    name: 'R²',
    also: '',
    plain:
      'How much of the variation of overall satisfaction the ratings explain, 0 to 1. Low: there are other reasons.',
    formula: 'R² = 1 − residual ÷ total sum of squares',
  },
  gap: {
    name: 'satisfaction gap',
    also: 'gap|gaps',
    plain: 'How far people who raise this need rate below the overall mean; 0 where they do not.',
    formula: 'max(0, overall mean − mean of the need)',
  },
  nps: {
    name: 'NPS',
    also: 'net promoter score',
    plain: 'Those who would recommend minus those who would advise against, −100 to 100.',
    formula: '(scores 9–10 − scores 0–6) ÷ all',
  },
  csat: {
    name: 'CSAT',
    also: 'customer satisfaction',
    plain: 'The share who choose a satisfied answer, usually the top two.',
    formula: 'satisfied ÷ answered',
  },
  ces: {
    name: 'CES',
    also: 'customer effort',
    plain: 'How much effort a matter took, as a mean.',
    formula: 'Σ ratings ÷ people',
  },
  embedding: {
    name: 'text vector',
    also: 'vectors|embedding',
    plain:
      'A sentence as numbers, alike where meanings are alike. Computed on this machine by an encoder that comes with the program.',
    formula: '',
  },
  topic: {
    name: 'topic',
    also: 'topics|clusters',
    plain: 'A group of texts of similar meaning, named by its most telling words.',
    formula: '',
  },
  tfidf: {
    name: 'TF-IDF',
    also: 'word counts',
    plain:
      'A word counts for much where it is common here and rare elsewhere. The simplest method, and often a strong one.',
    formula: 'count × log(texts ÷ texts with the word)',
  },
  nearDuplicate: {
    name: 'near duplicate',
    also: 'near duplicates',
    plain: 'A text that is almost another one, differing in punctuation, say. One stays, so that nobody counts twice.',
    formula: 'shared pieces ÷ all pieces ≥ 0.9',
  },
  personalData: {
    name: 'personal data',
    also: '',
    plain:
      'Identity card, bank card and phone numbers and e-mail addresses, told by their form and check digits and masked in cleaning.',
    formula: '',
  },
  testLock: {
    name: 'locked test rows',
    also: 'test rows|test set|locked test set',
    plain:
      'Rows that never take part in training and on which all models are compared. When data change, results become stale.',
    formula: '',
  },
  leak: {
    name: 'leak',
    also: 'leaks',
    plain: 'Test content that was seen in training makes marks too good. Equal texts are kept on one side.',
    formula: '',
  },
  floor: {
    name: 'simplest method',
    also: 'floor|floors|simplest methods|dashed line',
    plain:
      'Controls that take seconds: largest class, word counts, frozen encoder. The dashed line is the strongest of them.',
    formula: '',
  },
  encoder: {
    name: 'encoder',
    also: 'base model|BERT',
    plain: 'A pre-trained model that reads text and gives vectors. Fine-tuning teaches it your classes.',
    formula: '',
  },
  fineTuning: {
    name: 'fine-tuning',
    also: 'fine-tunes|fine-tune',
    plain: 'Adjusts the weights of a pre-trained model on your own data until it does your task.',
    formula: 'weight ← weight − learning rate × gradient (AdamW)',
  },
  learningRate: {
    name: 'learning rate',
    also: '',
    plain:
      'How large each step is. Too large is unstable, too small learns nothing; from 1e-5 to 5e-5, warming up and then falling.',
    formula: '',
  },
  lora: {
    name: 'LoRA',
    also: 'low-rank adaptation',
    plain: 'Leaves the weights alone and learns a thin correction. Small, so one base can carry many tasks.',
    formula: 'W + B·A, the rank of B and A far below W’s',
  },
  adalora: {
    name: 'AdaLoRA',
    also: '',
    plain:
      'LoRA that measures while training which of its parts matter, and gives rank to the layers that need it. Use it where LoRA falls short of tuning all.',
    formula: 'W + B·diag(E)·A; parts of E with the least importance become 0',
  },
  bitfit: {
    name: 'BitFit',
    also: '',
    plain:
      'Trains the biases alone, one number in a thousand. Use it with little data, where tuning all learns by heart.',
    formula: '',
  },
  adapters: {
    name: 'adapters',
    also: '',
    plain:
      'Small layers put inside each layer of the encoder; they alone are trained and stay in the model. Use them on a few thousand rows, where the base is not to change.',
    formula: 'y + W_up·f(W_down·x)',
  },
  layerDecay: {
    name: 'rate by layer',
    also: 'layer-wise learning-rate decay',
    plain: 'Lower layers learn more slowly, so that what they know of the language stays.',
    formula: 'learning rate × decay^(depth below the head)',
  },
  gradualUnfreezing: {
    name: 'gradual unfreezing',
    also: '',
    plain:
      'The top layer learns first, and each epoch one layer more, so that a new head does not upset the layers below.',
    formula: '',
  },
  accumulation: {
    name: 'gradient accumulation',
    also: '',
    plain:
      'A large batch is computed in parts, one after the other, before one update: the same result in less memory.',
    formula: '',
  },
  classWeight: {
    name: 'class weights',
    also: '',
    plain:
      'While training, classes with few rows count more, so that the model does not care for the large ones alone.',
    formula: 'balanced: rows ÷ (classes × rows of the class); effective number: (1 − β) ÷ (1 − β^rows)',
  },
  labelSmoothing: {
    name: 'label smoothing',
    also: '',
    plain:
      'The right answer is not taken for a hundred per cent: a small share goes to the other classes, so the model is less sure of itself.',
    formula: 'target = (1 − ε) × label + ε ÷ classes',
  },
  focalLoss: {
    name: 'focal loss',
    also: '',
    plain: 'What is right already counts less in training, what is not counts more.',
    formula: 'loss = −(1 − p)^γ × log p',
  },
  logitAdjustment: {
    name: 'logit adjustment',
    also: '',
    plain:
      'The share of each class is added while training and left out when answering, so that rare classes are not drowned by common ones.',
    formula: 'while training z + τ × log(share of the class)',
  },
  rDrop: {
    name: 'R-Drop',
    also: '',
    plain:
      'Each text goes through twice under different dropout, and both answers are asked to agree; steadier with little data.',
    formula: '½(CE₁ + CE₂) + α × ½(KL₁₂ + KL₂₁)',
  },
  adversarialTraining: {
    name: 'adversarial training',
    also: 'FGM|PGD|FreeLB',
    plain:
      'While training, word vectors are pushed a little to where the model errs, and it learns to answer there too; typing errors and other words fool it less.',
    formula: 'δ = ε × gradient ÷ length of the gradient, one δ per text',
  },
  replay: {
    name: 'replay',
    also: 'rehearsal',
    plain: 'Some rows of the earlier training come again in every batch, so that they are not forgotten.',
    formula: '',
  },
  lwf: {
    name: 'LwF',
    also: 'learning without forgetting',
    plain: 'While it learns new rows, the model also keeps to the answers that it gave to them before.',
    formula: 'loss + λo × KL(old answers ‖ new answers), both softened by T',
  },
  ewc: {
    name: 'EWC',
    also: 'elastic weight consolidation',
    plain: 'Weights that earlier rows need are held near where they were; the others are free to learn.',
    formula: 'loss + λ × Σ F × (θ − θ*)²; F = mean squared gradient on earlier rows',
  },
  augmentation: {
    name: 'augmentation',
    also: 'EDA|AEDA',
    plain:
      'Copies of training rows with small changes: near words, other order, words left out, punctuation, typing errors. For training alone; test rows stay as they are.',
    formula: 'a copy changes α × words of its text',
  },
  backTranslation: {
    name: 'back-translation',
    also: 'back-translations',
    plain:
      'A training text is translated into the other language and back: the same said otherwise. For training alone; what has changed its meaning is left out.',
    formula: 'kept where the cosine of both vectors reaches the bound',
  },
  halfPrecision: {
    name: 'half precision',
    also: 'half-precision|float16',
    plain:
      'Numbers of 16 bits in place of 32: matrix products are faster where the machine computes them so, and a little coarser.',
    formula: 'loss × scale before the gradients, gradients ÷ scale after',
  },
  huberLoss: {
    name: 'Huber loss',
    also: '',
    plain:
      'Where a number is learnt: small errors count squared, large ones in proportion, so a few wild values do not rule.',
    formula: '½e² up to δ, then δ × (|e| − δ ÷ 2)',
  },
  coral: {
    name: 'CORAL',
    also: '',
    plain:
      'Learns a rating as questions “above this level?” that share one weight, so that the answers cannot contradict each other.',
    formula: 'p(above level k) = σ(w·x + bₖ)',
  },
  quadraticKappa: {
    name: 'quadratic kappa',
    also: '',
    plain: 'How far ratings agree beyond chance; being further off costs more. 0 is chance, 1 is perfect.',
    formula: '1 − Σ(i − j)² × observed ÷ Σ(i − j)² × expected',
  },
  hammingLoss: {
    name: 'Hamming loss',
    also: '',
    plain: 'Where a text may have several labels: the share of all yes-or-no answers that are wrong. Less is better.',
    formula: 'wrong cells ÷ (texts × labels)',
  },
  recallAtOne: {
    name: 'recall@1',
    also: '',
    plain:
      'How often the most similar other text has the same label: what an encoder’s vectors are worth for finding neighbours.',
    formula: 'texts whose nearest has their label ÷ texts',
  },
  quantisation: {
    name: 'quantisation',
    also: 'int8',
    plain:
      'Keeps weights as 8-bit integers: about a quarter of the size, faster on processors, slightly less accurate.',
    formula: 'weight ≈ integer × scale',
  },
  pruning: {
    name: 'pruning',
    also: 'cut heads|cut columns',
    plain:
      'Takes out the attention heads, feed-forward columns or layers that the answers need least. The model becomes smaller and faster, and is often trained a little more afterwards.',
    formula: 'importance of a head = mean of |∂loss ÷ ∂its gate|',
  },
  distillation: {
    name: 'distillation',
    also: 'teacher|student',
    plain: 'A smaller model learns to give the answers of a larger one, doubts included, and not only the labels.',
    formula: 'α × T² × KL(teacher ‖ student, both softened by T) + (1 − α) × cross-entropy',
  },
  sparsity: {
    name: 'sparsity',
    also: 'stored sparsely',
    plain: 'Small weights become zero and are not stored: the file shrinks, the speed stays.',
    formula: 'zeros ÷ all weights',
  },
  accuracy: {
    name: 'accuracy',
    also: '',
    plain: 'The share answered rightly. Flatters where classes differ much in size: see macro-F1 as well.',
    formula: 'right ÷ all',
  },
  macroF1: {
    name: 'macro-F1',
    also: 'macro F1',
    plain: 'A mark for each class, then their mean: small classes count as much as large ones.',
    formula: 'mean(2 × precision × recall ÷ (precision + recall))',
  },
  calibration: {
    name: 'calibration',
    also: 'calibration error|ECE',
    plain: 'Whether nine in ten are right where the model is 90 % sure. Thresholds and human looks rest on it.',
    formula: 'Σ share of a bin × |confidence − accuracy|',
  },
  temperature: {
    name: 'temperature',
    also: 'temperature scaling',
    plain:
      'One number that makes a model less or more sure of all its answers until its confidence fits what comes true on dev rows. No answer changes.',
    formula: 'softmax(logits ÷ T), T with the least negative log-likelihood',
  },
  integratedGradients: {
    name: 'integrated gradients',
    also: 'completeness gap',
    plain:
      'An explanation of one answer: from an empty text to this one in small steps, what each word pushes the score is added up. The sum is the whole change; the completeness gap says how nearly.',
    formula: '(x − x′) × Σ weight × ∇F(x′ + a(x − x′))',
  },
  occlusion: {
    name: 'occlusion',
    also: '',
    plain: 'An explanation of one answer: hide one word at a time and see how far the score falls.',
    formula: 'F(text) − F(text with the word masked)',
  },
  faithfulness: {
    name: 'faithfulness',
    also: 'AOPC',
    plain:
      'Whether an explanation names the words that the model really uses: without them the answer must weaken more than without words at random.',
    formula: 'mean over shares of p(text) − p(text without the first words)',
  },
  mcnemar: {
    name: 'McNemar’s test',
    also: 'McNemar',
    plain:
      'Two models answer one paper; only rows that one got right and the other wrong say whether the difference is chance.',
    formula: '(|b − c| − 1)² ÷ (b + c)',
  },
  effect: {
    name: 'effect',
    also: 'gain|gains',
    plain: 'What doing it changes, with an interval. Across 0, no difference has shown yet.',
    formula: 'treatment − control',
  },
  abTest: {
    name: 'A/B test',
    also: 'A/B tests|A/B',
    plain: 'Two random groups, one with the new thing and one as before; the difference is due to the new thing.',
    formula: '',
  },
  srm: {
    name: 'sample ratio mismatch (SRM)',
    also: 'SRM|sample ratio',
    plain:
      'Group sizes do not fit the ratio that was set: assignment or logging went wrong, and no other number can be trusted.',
    formula: 'χ² test, stopped at p < 0.001',
  },
  power: {
    name: 'power',
    also: 'sample size',
    plain:
      'The chance that a trial shows a difference that is there, usually 80 %. The smaller the difference, the more people.',
    formula: 'n ≈ 16 × variance ÷ difference² (per group, 80 % power)',
  },
  guardrail: {
    name: 'guardrail',
    also: 'guardrails',
    plain: 'A measure that must not get worse, such as complaints. Once broken, stop however good the effect is.',
    formula: '',
  },
  sus: {
    name: 'SUS',
    also: 'System Usability Scale',
    plain: 'A questionnaire of ten items turned into 0 to 100; about 68 is average.',
    formula: '(Σ(positive − 1) + Σ(5 − negative)) × 2.5',
  },
  scenario: {
    name: 'scenario',
    also: 'scenarios',
    plain: 'Where the model is used: by whom, on what, how often, and what an error costs.',
    formula: '',
  },
  limit: {
    name: 'limit',
    also: 'limits',
    plain: 'What a scenario must reach, from a need, a target or an industry template.',
    formula: '',
  },
  slice: {
    name: 'slice',
    also: 'slices',
    plain: 'A part of the rows, such as a region or a group, looked at alone so that the average does not hide it.',
    formula: '',
  },
  robustness: {
    name: 'robustness',
    also: '',
    plain: 'Whether answers stay the same with typing errors, missing letters or other wording.',
    formula: 'unchanged answers ÷ changed rows',
  },
  rejectOption: {
    name: 'reject option',
    also: 'human look|reject threshold',
    plain: 'Unsure texts go to people. The threshold is where errors and looks together cost least.',
    formula: 'minimise Σ errors × cost + looks × cost',
  },
  expectedCost: {
    name: 'expected cost',
    also: '',
    plain: 'The mean loss from how often each error happens and what it costs; nearer to the business than accuracy.',
    formula: 'Σ P(error) × cost',
  },
  auc: {
    name: 'AUC',
    also: '',
    plain: 'Whether a score can tell two groups of rows apart: 0.5 not at all, 1 always.',
    formula: 'P(score of one of the first group > score of one of the second)',
  },
  logOdds: {
    name: 'log-odds',
    also: '',
    plain:
      'Another scale for a probability, on which contributions of columns can be added: 0 is one half, above 0 is likelier.',
    formula: 'ln(p ÷ (1 − p))',
  },
  woe: {
    name: 'WOE',
    also: 'weight of evidence',
    plain:
      'How far a group of values speaks for or against the event; its information value (IV) says how much a column tells.',
    formula: 'ln(share of rows without the event ÷ share of rows with it)',
  },
  shapley: {
    name: 'Shapley value',
    also: 'Shapley values',
    plain:
      'A fair share of each column in an answer: its mean effect over all orders in which columns could be made known.',
    formula: 'Σ shares = this answer − the average answer',
  },
  fourFifths: {
    name: 'four-fifths rule',
    also: '',
    plain:
      'A regulator’s rule of thumb: the group treated worst should get the favourable decision at least 80 % as often as the one treated best.',
    formula: 'lowest share ÷ highest share ≥ 0.8',
  },
  brier: {
    name: 'Brier score',
    also: '',
    plain: 'Mean square of the stated probability minus what happened (1 or 0); less is better.',
    formula: 'mean (p − y)²',
  },
  crossValidation: {
    name: 'cross-validation',
    also: '',
    plain:
      'Rows are parted; each part is predicted by a model that learnt from the others, so that no row is marked by a model that has seen it.',
    formula: '',
  },
  forgetting: {
    name: 'forgetting',
    also: '',
    plain: 'How much worse an earlier scenario became after learning a new one.',
    formula: 'mark before − mark after',
  },
  valueRange: {
    name: 'value range',
    also: 'Monte Carlo',
    plain: 'Each input has low, middle and high and is drawn many times: a range of values instead of one number.',
    formula: 'units a year × change × value per unit, drawn repeatedly',
  },
  erlangC: {
    name: 'Erlang C',
    also: 'queueing',
    plain: 'From arrivals and machines: the chance of having to wait, and how long.',
    formula: 'M/M/c queue',
  },
  pilotVerdict: {
    name: 'pilot verdict',
    also: 'stop rule',
    plain: 'Go, adjust or stop, by a rule that was signed before the data.',
    formula: '',
  },
  sla: {
    name: 'SLA',
    also: 'service level|service deadlines',
    plain: 'Promised times to reply and solve, in business hours, paused while waiting for the customer.',
    formula: 'in time = met ÷ due',
  },
  wilson: {
    name: 'Wilson interval',
    also: 'Wilson’s interval',
    plain: 'The interval of a share that is sound with few people and near 0 or 1.',
    formula: '',
  },
  kaplanMeier: {
    name: 'Kaplan–Meier curve',
    also: 'Kaplan–Meier',
    plain: 'How many are solved by when, with unsolved tickets counted in.',
    formula: 'S(t) = Π (1 − solved ÷ still open)',
  },
  controlLimits: {
    name: 'control limits',
    also: 'control limit',
    plain: 'The range of usual variation. Only a point beyond is worth a reason.',
    formula: 'mean ± 3 × usual variation',
  },
  drift: {
    name: 'drift',
    also: '',
    plain: 'Live texts differ from those of training, and the model may no longer be reliable.',
    formula: 'AUC above the band of shuffled labels',
  },
  holm: {
    name: 'Holm correction',
    also: 'Holm',
    plain: 'Raises the bar when many things are looked at together, so that chance does not look like a find.',
    formula: 'p values from small to large, each × (m − i + 1)',
  },
  backlogScore: {
    name: 'backlog score',
    also: 'backlog',
    plain: 'What to do first: heavy needs, many people, severe, little effort.',
    formula: '100 × weight × share affected × severity ÷ effort',
  },
  stale: {
    name: 'stale',
    also: '',
    plain: 'Something this result was made from changed later. Recompute brings it up to date.',
    formula: '',
  },
  seed: {
    name: 'seed',
    also: '',
    plain: 'Where random numbers begin. Equal seeds give equal results, so that others can compute it again.',
    formula: '',
  },
  audit: {
    name: 'audit log',
    also: '',
    plain: 'Who did what and when; each entry carries the checksum of the one before, so changes show.',
    formula: '',
  },
};
