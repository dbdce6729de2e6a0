import type { TextShape } from '../i18n/text-shape.ts';
import type { guideTextsZhCN } from './guides.zh-CN.ts';

export const guideTextsEn: TextShape<typeof guideTextsZhCN> = {
  demand: {
    import: {
      what: 'Reads questionnaires, messages, tickets, interviews and market research, and says what each column is.',
      why: 'Together they are D. Every later number is computed from these rows, so a column taken for another one spoils the answer.',
      formula: 'D = questionnaires + feedback + market research. Raw rows are read, never changed.',
      read: 'Check the number of rows against the file, then the use of each column; rows that could not be read are listed as problems.',
    },
    clean: {
      what: 'Takes out duplicates, empty rows and invalid codes by a list, evens out spelling and masks personal data.',
      why: 'One sentence copied ten times is not ten customers, and a “-2 skipped” in a mean makes customers look unhappy.',
      formula:
        'Rows kept = rows read − rows taken out by each step. Each step is on record, can be switched off and opened.',
      read: 'See how many rows each step takes out and open a few; where a step takes too many, switch it off and compare.',
    },
    topics: {
      what: 'Groups texts of similar meaning into topics and names them by their words; you have the last say on names and merges.',
      why: 'Nobody reads thousands of messages. A dozen topics let you count how many people raise each thing.',
      formula:
        'Texts → vectors → clusters; names are words far more common inside a topic than outside it (class TF-IDF).',
      read: 'Start with the largest topics and open a few texts; rename what is misnamed, merge what says the same.',
    },
    drivers: {
      what: 'Computes satisfaction (NPS, CSAT, CES) with intervals, then which aspects drive overall satisfaction.',
      why: 'What is mentioned most need not matter most. Customers rarely can say what makes them satisfied; their ratings can.',
      formula: 'Johnson’s relative weights: the R² of a regression shared fairly among the items; they add up to R².',
      read: 'The larger the weight, the more it drives satisfaction. Thin lines are 95 % intervals: where two overlap a lot, the order is open.',
    },
    needs: {
      what: 'Joins drivers, mentions and satisfaction gaps into one weight for each need, and says how sure it is.',
      why: 'This is the answer of stage 1, f1(D): models, limits and improvements later on all go by its weights.',
      formula: 'Weight = 0.4 × driver + 0.3 × mention + 0.3 × gap (adjustable), then scaled to add up to 1.',
      read: 'Look at the rank interval: “1” comes first in nearly every resample, “3–5” cannot be told from its neighbours.',
    },
  },
  competitiveness: {
    data: {
      what: 'Sets what to predict (a class, several labels, a rating or a number), checks counts, duplicates and leaks, then locks the test rows.',
      why: 'Marks mean nothing once the questions leak. After locking, all models answer one paper that none has seen.',
      formula:
        'Test rows are drawn in proportion to the classes and sealed by a checksum; equal texts stay on one side.',
      read: 'Look at the smallest class: with fewer than twenty rows, whatever is said about it is coarse.',
    },
    models: {
      what: 'Fine-tunes an encoder on your own data, then measures it on one scale with the simplest methods.',
      why: 'Word counts with logistic regression take seconds. A large model that does not beat them is not worth using.',
      formula:
        'Fine-tuning = small steps on the weights (AdamW) that lower the loss on train rows; only locked test rows count.',
      read: 'See the interval of the difference to the strongest simple method: better means all of it lies above 0.',
    },
    compression: {
      what: 'Packs the model into 8-bit integers, smaller and faster, and compares its answers with the original row by row.',
      why: 'The customer may have no graphics card. What is saved in time and memory is paid in accuracy, and the price must show.',
      formula: 'Weight ≈ integer × scale. McNemar’s test looks only at rows on which the two models differ.',
      read: '“Accepted”: the rows show a loss within the tolerance. “Not shown”: it is within it here, but the rows do not rule out more. “Refused”: it is beyond it, or McNemar finds a loss; where rows are too few to be sure, the card says how many would tell.',
    },
    experiments: {
      what: 'Reads A/B tests and usability questionnaires into the difference that users really feel.',
      why: 'Higher accuracy does not always please customers. This is U in the formula: evidence of experience.',
      formula: 'Effect = treatment − control with a 95 % interval; first, whether arm sizes are normal (SRM).',
      read: 'An interval across 0 is undecided; when arm sizes are abnormal, do not read the other numbers.',
    },
    strategy: {
      what: 'Ranks strategies by the weights of needs, within hard limits of latency, size and budget, and writes three plans.',
      why: 'The answer of stage 2, f2 = g(f1(D), P, U): not “which model is most accurate” but “which serves the needs best”.',
      formula:
        'Score = Σ weight of a need × gain on it; weights and gains are resampled together and first places counted.',
      read: '“First in 94 %” is how sure it is; below the share to decide, get the evidence that would change the answer.',
    },
  },
  adaptation: {
    scenarios: {
      what: 'Writes down who uses it, what goes in, how many a day, what each error costs and which limits must hold.',
      why: 'With one and the same model, a misrouted message costs a day and a missed credit risk costs money.',
      formula:
        'Limits come from the needs and targets of f1; where there are none, from the industry template, and it says so.',
      read: 'Look at the origin of each limit: “from a need” stands on firmer ground than “from a template”.',
    },
    recipe: {
      what: 'Recommends how to adapt, by data size, shared labels and distance to the source: reuse, new head, LoRA or go on training. An adapted model can be explained and compressed here, and trainings that differ in one option show what it brings.',
      why: 'With few rows, heavy training learns the wrong things; far from home, a model as it is will not do.',
      formula: 'Distance: whether a classifier can tell the two sets of texts apart (AUC: 0.5 not at all, 1 always).',
      read: 'Read the recommendation and its reasons, then the figures on dev rows; what cannot be used says why.',
    },
    tests: {
      what: 'On the scenario’s own test rows: accuracy, slices, robustness, fairness, calibration and latency, each against its limit.',
      why: 'Averages hide things: typing errors, one region or one group may be what customers meet every day.',
      formula: 'Passed = the whole interval on the good side of the limit; failed = on the bad side; else “unclear”.',
      read: 'Start with what failed or is unclear; open the numbers to see which rows went wrong.',
    },
    matrix: {
      what: 'Scenarios by models: verdict, accuracy and expected cost in each cell, and which model each scenario uses.',
      why: 'Whether one model serves all scenarios or each needs its own only shows side by side.',
      formula: 'Expected cost = Σ number of each error × its cost, plus the cost of people looking.',
      read: 'Across: the choice for a scenario. Down: how many scenarios a model serves; “forgetting” shows what got worse.',
    },
    tables: {
      what: 'Predicts a yes-or-no outcome (default, churn) from the columns of a table with three models, explains every case and compares groups.',
      why: 'The bank’s customers of the source asked for accuracy and explanations: a scorecard is often as accurate as something complex, and accounts for every point.',
      formula:
        'Log-odds = average case + Σ contribution of each column; every row is tested by a model that has not seen it.',
      read: 'Look for leaks among the notices first, then at the interval of the AUC and the cost per case; of models alike take the one easiest to explain.',
    },
  },
  landing: {
    goals: {
      what: 'Agrees on business measures with the customer: baseline, target, owner, date, and what it is worth.',
      why: 'Customers judge by whether their business changed. Goals tied to needs say for whom it is done.',
      formula:
        'Value a year = units × change × value per unit; each input has low, middle and high, drawn into an interval.',
      read: 'Read the interval, not the middle; the input that moves the value most is the one to check first.',
    },
    solution: {
      what: 'Lists components, data access and integration, sizes machines from measured throughput, with costs and risks.',
      why: 'The chosen model must carry the customer’s peak hour. Better reckoned before signing than found out after.',
      formula: 'Machines = peak texts a second ÷ (texts a second of one × target use); waiting by Erlang C.',
      read: 'See whether waiting at the peak stays within the latency target, then the low and high end of the costs.',
    },
    package: {
      what: 'Writes one folder: model, tokenizer, thresholds, samples, checksums, licences and a small runner.',
      why: 'The customer’s engineer can run it without this program and prove on samples that answers are the same.',
      formula: 'Self-test: for equal inputs, outputs differ by no more than a small tolerance.',
      read: 'See that the self-test passed, then what the model card says it is and is not for.',
    },
    pilot: {
      what: 'Signs the plan first (measure, units, guardrails, stop rule), then reads the data: go, adjust or stop.',
      why: 'With the rule set before the data, the verdict cannot follow the data.',
      formula: 'Units come from power: the smaller the difference you want to see, the more you need.',
      read: 'Verdict and reasons first; then whether the effect’s interval reaches the goal and all guardrails held.',
    },
  },
  service: {
    tickets: {
      what: 'Reads tickets, counts business hours and shows whether replies and solutions were in time; triage by your own model.',
      why: 'After go-live customers remember the wait. Unsolved tickets count too, or the numbers look better than they are.',
      formula: 'In time = met ÷ due, with Wilson’s interval; time to solution by a Kaplan–Meier curve.',
      read: 'Compare priorities and teams; open the number to see which tickets were late.',
    },
    rounds: {
      what: 'Puts the satisfaction of all feedback rounds side by side with control limits; a new round can become D.',
      why: 'A point or two may be sampling. Only changes beyond the control limits are worth a reason.',
      formula: 'Control limits = mean ± 3 × usual variation; differences between rounds carry a 95 % interval.',
      read: 'First whether a point lies beyond the limits, then whether the difference’s interval crosses 0.',
    },
    monitoring: {
      what: 'Compares live texts with training texts: has the wording changed, which texts, and did the answers shift?',
      why: 'A model never says “I have not learnt this”. Drift is the signal to label and train again.',
      formula: 'AUC of telling new from old, against a band of shuffled labels; several slices are corrected by Holm.',
      read: 'Drift is an AUC above the band; then read the least alike texts and the words that changed most.',
    },
    improvement: {
      what: 'Joins unmet needs, failed tests, late tickets and drift into one backlog, ordered by worth.',
      why: 'Hands are few. Do what weighs much, touches many and costs little, then go back to step 1 and measure again.',
      formula: 'Score = 100 × weight of the need × share affected × severity ÷ effort, with a rank interval.',
      read: 'Items whose rank intervals overlap are level: choose by effort. Open the evidence to see where it comes from.',
    },
  },
};
