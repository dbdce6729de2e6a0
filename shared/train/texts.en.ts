import type { TextShape } from '../i18n/text-shape.ts';
import type { trainingTextsZhCN } from './texts.zh-CN.ts';

export const trainingTextsEn: TextShape<typeof trainingTextsZhCN> = {
  moreSettings: 'More settings',
  moreSettingsLead: 'These can usually stay as they are. Change one at a time, so that you see what it brings.',
  ablation: {
    title: 'What each option brings',
    lead: 'Two trainings that differ in one option alone, held against each other row by row on the same test rows. A method counts with its usual learning rate, class weights with their β. To see one option by itself, train again and change only that.',
    option: 'Option',
    with: 'With',
    without: 'Without',
    difference: 'Difference of accuracy (points)',
    differenceOf: 'Difference of {measure}',
    pointsOf: 'Difference of {measure} (points)',
    helps: 'better',
    harms: 'worse',
    open: 'no difference shown',
    missing:
      '{run} combines several options. To say what each brings, {count} {count, plural:training is|trainings are} missing, the same but without one: {options}.',
    seeds: 'Like {run}, each is trained from {seeds} seeds and takes {seeds} times as long.',
    train: 'Train {count, plural:it|what is missing}',
    queued: 'Runs or waits.',
    withoutName: '{name} without {option}',
    moved: 'Answers moved by harmless changes (points; lower is steadier)',
    untested: 'Once both are tested in one scenario of stage 3',
    movedMethod:
      'Scenario {scenario}: the same changes of {texts} texts move {moved} of answers (reference {reference}); bootstrap over texts, paired, {resamples} resamples, 95 %.',
  },
  option: {
    maxGradNorm: 'Gradient clipping',
    headStart: 'Start of the classifier',
    headStartNumber: 'Start of the last layer',
    headStarts: { random: 'random', logistic: 'logistic regression' },
    headStartsNumber: { random: 'random', logistic: 'fitted beforehand (ridge regression)' },
    earlyStopPatience: 'Patience before stopping',
    effectiveNumberBeta: 'β of the effective number',
    weightsWithBeta: '{weights}, β {beta}',
    value: { maxGradNorm: 'largest norm', earlyStopPatience: 'epochs without gain' },
    when: {
      schedule:
        'Falling linearly suits nearly every training. Try the cosine, which stays high for longer, with many epochs.',
      warmupShare:
        'Share of updates over which the learning rate rises from 0; 0.1 is usual. Raise it where the loss jumps at the start.',
      weightDecay:
        'Draws weights a little towards 0; 0.01 is usual. Raise it where training rows are learnt by heart and dev rows get no better.',
      headStart:
        'Logistic regression begins with what the encoder knows already and needs fewer epochs. Random is how other programs begin: to compare with them.',
      headStartNumber:
        'Fitted beforehand, the last layer begins with what the encoder knows already and needs fewer epochs. Random is how other programs begin: to compare with them.',
      maxGradNorm:
        'Holds single updates back that are far too large; 1 is usual. Lower it where the loss jumps; off only to compare with a training without it.',
      earlyStopPatience:
        'Stops once the dev rows got no better for so many epochs; the best weights are kept either way. Raise it where the curve still rises late.',
      method: 'Which parts of the model learn. Name one by its type; its options may be left out.',
      seed: 'The same data, recipe and seed give the same model. Change it to see how much of a difference is chance.',
      effectiveNumberBeta:
        'Only with class weights by effective number of rows: near 1 weighs classes by their rows, smaller evens them out.',
      continual: 'Only where a model is trained on, which can lose what it knew: replay helps most reliably.',
    },
  },
  methodField: {
    freezeEmbeddings:
      'Word vectors stay as they are: less memory, and words that the training rows lack keep their meaning. Off where the texts use words in a sense of their own.',
    layers:
      'Counted from the bottom. More is faster and steadier with little data, fewer learns more; left out, the top layer alone learns.',
    variant: 'After feed-forward only is half as large and usually as good.',
    biases: 'All biases unless the file must be as small as can be.',
    rank: 'Width of the small matrices: more learns more and takes more memory. 8 is usual.',
    targets: 'All linear layers are usual; query and value alone are a little faster and smaller, and learn less.',
    targetRank: 'What the rank is on average once ranks were given away; at most the rank at first.',
    initialShareName: 'Share before ranks are given away',
    initialShare: 'Share of updates in which all ranks learn before the first is taken away; 0.1 is usual.',
    finalShareName: 'Share after ranks are given away',
    finalShare: 'Share of updates at the end in which ranks stay as they are; 0.3 is usual.',
    intervalName: 'Updates between choices',
    interval: 'Every how many updates ranks are chosen anew; 1 is usual.',
    orthogonalityName: 'Weight of orthogonality',
    orthogonality:
      'Keeps the directions of the small matrices apart, so that each can be judged by itself; 0.5 is usual.',
  },
  described: {
    suggested: 'Left out: as suggested for the data. {when}',
    off: 'Left out: not used. {when}',
    method: '{what} Usual learning rate {rate}.',
  },
  cost: {
    title: 'What it will cost',
    lead: 'Computes a few updates of the recipe on your own rows in a process by itself, then says how long the training takes and how much memory it needs. Each recipe is made ready as a training would be, then up to seven updates are timed, for about 15 seconds at most. Making ready reads all training rows once, so it takes some seconds with few rows and minutes with many or on a busy machine. No weights are kept.',
    measure: 'Measure this recipe',
    compare: 'Compare with other methods',
    recipe: 'Recipe',
    named: '{method}, {epochs} epochs',
    chosen: '(this recipe)',
    updates: 'Updates',
    minutes: 'Minutes',
    startShare: 'of which start and end',
    memory: 'Most memory',
    fit: 'Memory of this machine',
    fits: { fits: 'fits', tight: 'tight: over 80 % of what is free', 'too-large': 'more than is free' },
    lost: 'The model process was ended while measuring, most likely for lack of memory: do not start this here',
    take: 'Take this',
    stale: 'The rows have changed since: measure again',
    changed: 'This recipe is not measured yet',
    method:
      '{measured} updates really computed, on batches spread over all lengths, scaled to {updates} updates by padded tokens (ratio estimate, Student interval, 95 %). Without early stopping and without the measuring on test rows. Of this: {parts}. A machine that is busier later takes longer.',
    part: {
      start: 'start and end',
      contrast: 'contrastive start',
      updates: 'updates',
      evaluations: 'evaluations on dev rows',
      checkpoints: 'checkpoints',
    },
    methodOf: {
      updates: 'Batches of the {rows} training rows in one round, times the rounds of the recipe.',
      startShare:
        'Making model and rows ready, and writing the weights at the end, as a share of the expected time; measured once, so without an interval.',
      memory:
        'The most that the process held while it computed {measured} updates, the longest batch among them; measured once, so without an interval.',
    },
    partTook: '{part} {time}',
    between: ', ',
    machine:
      '{train} training and {dev} dev rows; {threads} {threads, plural:thread|threads}, {provider}; {free} of {total} memory were free.',
    perSeed: 'For one seed; times {seeds} for the {seeds} seeds chosen.',
    expected: 'Expected before',
    expectedIs: '{time} [{low}, {high}] for {updates} updates, {memory}',
    took: 'Then took, from start to weights',
    tookIs: '{time} for {steps} updates ({share} of the time expected for these)',
    tookBeside: 'took {took}, expected {expected}',
    tookUnknown: 'not measured: it was paused or interrupted in between',
  },
  seeds: {
    title: 'Mean over seeds',
    count: 'Number of seeds',
    countHint:
      'Trains the recipe so many times, one after another, in one job: mean and interval instead of one draw. {usual} is usual',
    lead: 'The same recipe on the same rows; only the seed differs: the order of rows, what dropout switches off, what is drawn at random. The spread says how much of a difference can be chance.',
    meanOf: 'mean of {count} seeds',
    method:
      'Mean of {seeds} seeds, standard deviation {deviation}; Student interval, 95 %. It holds for another seed on these very test rows; what other test rows would change is in the interval of the single model.',
    dev: 'Macro-F1 on dev rows',
    oneOnDev: 'The model of this seed alone, on the dev rows: by this the one to keep is chosen.',
    oneOnTest:
      'The model of this seed alone, on the locked test rows. How far one seed lies from another is in the interval of the mean.',
    keptBy: { dev: '(kept: best on dev rows)', first: '(kept: the first, as there are no dev rows)' },
    difference: 'Mean over seeds: {figure} (points)',
    differenceTitle: '{run} against {reference}: {figure}, mean over seeds',
    differenceMethod:
      'Difference of the means of {n} and {reference} seeds; Welch interval, 95 %, p = {p}. Seeds are not paired.',
    varies:
      'Over seeds: what varies is the seed alone; training, dev and test rows, base models and recipes are as they stand. Row by row: the two models that were kept.',
  },
  half: {
    name: 'Half-precision products',
    when: 'Matrix products in float16, weights and all else in float32, under a loss scale that follows PyTorch’s GradScaler. Offered where a trial of what computes trainings has found it right and at least a tenth faster.',
    used: 'float16, loss scaled',
    not: {
      cpu: 'Not here: trainings run on the processor, which widens every half to float32 before it multiplies and gains nothing.',
      untried: 'Not tried yet on {provider}: “Try what is here” on the page “Settings”.',
      slower: 'Not offered: the trial found no gain on {provider}.',
      wrong: 'Not offered: in the trial the numbers of {provider} were not those of float32.',
      failed: 'Not offered: {provider} has no products in half precision.',
    },
  },
  contrastive: {
    name: 'Contrastive start',
    when: 'To try with fewer than 20 rows a class: first the encoder learns which texts belong together, then the classifier is fitted. Kept only where the dev rows get better. No sure gain: on one draw of ten rows a class it came to 85.4 % and training without it to 86.7 %. Takes as long as {rounds} epochs or more.',
    needs: 'Needs a classifier that begins as logistic regression, and batches of 4 rows or more.',
    loss: { name: 'Comparison', supcon: 'each text with all of its batch', cosine: 'pairs, as SetFit' },
    rounds: 'turns of each text',
    learningRate: 'learning rate',
    result: 'Contrastive start',
    kept: 'kept: macro-F1 on dev {before} → {after}',
    dropped: 'not kept: macro-F1 on dev {before} → {after}',
    unmeasured: 'kept; there are no dev rows to judge it by',
  },
  continual: {
    title: 'Against forgetting',
    lead: 'A model that is trained on can lose what it knew. The forgetting check below shows by how much; replay helps most reliably.',
    needsHead: 'Needs a source that knows every class of this scenario, and its classifier kept.',
    replay: {
      name: 'Replay',
      when: 'Use it whenever the earlier training rows are still in the project: some come again in every batch.',
      needs: 'Needs batches of 2 rows or more.',
      share: 'share of a batch',
      rows: 'earlier rows kept at most',
      memory: { name: 'Which rows', balanced: 'as many of each class', reservoir: 'by chance' },
    },
    lwf: {
      name: 'LwF',
      when: 'Use it where earlier rows are few or gone: the model also learns what it answered before to the new texts (and to the ones that come again). Costs little time.',
      needs: 'Needs a source that knows every class.',
      weight: 'λo (weight of earlier answers)',
      temperature: 'T (softening)',
    },
    ewc: {
      name: 'EWC',
      when: 'Use it where few earlier rows may be used again: weights that mattered to them are held. No λ fits every model: try 100, 1000, 10 000 and 100 000 and compare forgetting with the new accuracy.',
      needs: 'Only with “full”, “frozen lower layers”, “head only” or “biases only”, and with word vectors frozen.',
      strength: 'λ (how strongly)',
      rows: 'earlier rows that judge the weights',
    },
  },
  robustness: {
    title: 'Little data, uneven classes, altered texts',
    classWeights: {
      name: 'Class weights',
      when: 'Where classes differ much in size and the small ones matter. Use one of these, focal loss and logit adjustment.',
      options: { none: 'none', balanced: 'balanced by rows', 'effective-number': 'by effective number of rows' },
      beta: 'β (towards 1: more balanced)',
    },
    labelSmoothing: {
      name: 'Label smoothing',
      when: 'Where labels have errors, or the model is too sure of itself; 0.1 is usual.',
      value: 'ε (share given to other classes)',
    },
    focalGamma: {
      name: 'Focal loss',
      when: 'Where most texts are easy and few are hard: what is right already counts less; 2 is usual.',
      value: 'γ (larger: more weight on the hard)',
    },
    logitAdjustment: {
      name: 'Logit adjustment',
      when: 'Where there are many small classes and each should be answered well; mostly better than weights; 1 is usual.',
      value: 'τ (strength)',
    },
    rDrop: {
      name: 'R-Drop',
      when: 'With tens to hundreds of rows a class: each text goes through twice and both answers must agree. About twice the time and memory of a step.',
      value: 'α (weight of agreement)',
      needs: 'Set dropout above 0 first.',
    },
    adversary: {
      name: 'Adversarial training',
      when: 'Where typing errors or other words turn the answer: word vectors are pushed a little to where the model errs, and it learns to answer there too; pushed too far, it does not learn. The perturbation tests of stage 3 show whether it helps.',
      needs: 'Not with “head only” or “frozen lower layers”: they do not look at word vectors.',
      types: { fgm: 'FGM', pgd: 'PGD', freelb: 'FreeLB' },
      cost: 'About {passes} times the time of a step; gradients take memory once more.',
      fields: {
        epsilon: 'ε (how far a text is pushed at most)',
        steps: 'steps K',
        stepSize: 'length of a step',
        initialSize: 'random shift to begin with',
        limit: 'ε (how far a text is pushed at most)',
      },
    },
    augmentation: {
      name: 'Augmentation',
      when: 'With fewer than a few hundred rows a class: copies of training rows with small changes. Only training rows are copied, never dev or test rows; it brings most below 500 rows.',
      techniques: 'Changes',
      copies: 'Copies of a row',
      rate: 'α (share of words changed)',
      cost: 'Up to {times} times the training rows, and as much time an epoch; fewer epochs will do.',
      added: 'Copies added',
      technique: {
        synonyms: 'near words',
        insertion: 'insert near words',
        swap: 'swap words',
        deletion: 'delete words',
        punctuation: 'insert punctuation',
        clauses: 'reorder clauses',
        typos: 'typing errors',
        homophones: 'look-alike characters',
        script: 'traditional characters',
        contractions: 'contractions',
        backtranslation: 'back-translation',
      },
    },
    huberDelta: {
      name: 'Huber loss',
      when: 'When a few numbers are far off or wrong: an error beyond δ counts in proportion and not squared; usually 1.',
      value: 'δ (in standard deviations)',
    },
    unfit: {
      'multi-label':
        'Label smoothing, focal loss, logit adjustment, R-Drop, contrastive start, augmentation and the means against forgetting are defined for one of several classes, so they are not here. Rare labels can be given balanced weights; thresholds are tuned on the dev rows by themselves.',
      ordinal:
        'Class weights, label smoothing, focal loss, logit adjustment, R-Drop, contrastive start, augmentation and the means against forgetting are defined for one of several classes, so they are not here.',
      regression:
        'Class weights, label smoothing, focal loss, logit adjustment, R-Drop, contrastive start, augmentation and the means against forgetting are defined for one of several classes, so they are not here.',
    },
    on: 'Use {name}',
    none: 'none',
  },
};
