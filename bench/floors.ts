import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { FloorsTaskInput, FloorsTaskOutput } from '../electron/compute/tasks/floors.ts';
import { runTask } from '../electron/compute/tasks.ts';
import { createWorkerClient } from '../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../electron/hosting/fork.ts';
import { physicalCores } from '../electron/hosting/physical-cores.ts';
import { describeModel } from '../electron/models/describe-model.ts';
import { packStrings } from '../shared/data/string-table.ts';
import { AppError } from '../shared/errors/app-error.ts';
import { because } from '../shared/errors/reasons.ts';
import { createRng, shuffle } from '../shared/rng.ts';
import type { Bench } from './bench.ts';
import { readLabelled } from './labelled-csv.ts';

const MAX_LENGTH = 128;
/** Share of the training rows that choose the strength of the penalty; the test file chooses nothing. */
const DEV_SHARE = 0.1;

/** `floors --model DIR --train F.csv --test F.csv --text COL --label COL`: the simplest things on whole files. */
export const floors: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      train: { type: 'string' },
      test: { type: 'string' },
      text: { type: 'string' },
      label: { type: 'string' },
    },
  });
  const { model, train, test, text, label } = values;
  if (!model || !train || !test || !text || !label) {
    throw new AppError('request.invalid', {
      name: 'floors',
      path: 'model, train, test, text, label',
      problem: because('missing', {}),
    });
  }
  const parts = [readLabelled(train, text, label), readLabelled(test, text, label)] as const;
  const texts = parts.flatMap((part) => part.texts);
  const names = parts.flatMap((part) => part.labels);
  const classes = [...new Set(names)].sort();
  const order = shuffle(Int32Array.from(parts[0].texts.keys()), createRng(0));
  const devRows = Math.round(order.length * DEV_SHARE);
  const client = createWorkerClient(() => forkEntry('worker'));
  try {
    const startedAt = performance.now();
    const { vectors } = await client.run({
      type: 'embed',
      folder: resolve(model),
      hash: null,
      tuned: null,
      texts: [...texts],
      maxLength: MAX_LENGTH,
      threads: physicalCores(),
    });
    const embedS = (performance.now() - startedAt) / 1000;
    const described = await describeModel(resolve(model));
    const input: FloorsTaskInput = {
      classes,
      texts: packStrings(texts),
      labels: Int32Array.from(names, (name) => classes.indexOf(name)),
      dev: order.slice(0, devRows),
      train: order.slice(devRows),
      test: Int32Array.from(parts[1].texts.keys(), (row) => row + parts[0].texts.length),
      vectors,
      modelId: described.id,
      encoderP95Ms: 0,
      encoderMb: described.sizeMb,
      seed: 0,
    };
    const output = (await runTask('competitiveness.floors', input, {
      progress: () => undefined,
      batch: async () => undefined,
    })) as FloorsTaskOutput;
    return {
      rows: { train: order.length - devRows, dev: devRows, test: parts[1].texts.length },
      embed_texts_s: texts.length / embedS,
      floors: output.floors.map(({ type, c, evaluation: { accuracy, macroF1 } }) => ({ type, c, accuracy, macroF1 })),
    };
  } finally {
    client.dispose();
  }
};
