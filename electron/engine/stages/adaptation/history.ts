import { forgettingMatrix } from '../../../../shared/stages/adaptation/forgetting-matrix.ts';
import type { History } from '../../../../shared/stages/adaptation/results.ts';
import { comparisonForm } from '../../../../shared/stages/demand/clean/normalise-text.ts';
import { predictedClasses } from '../../../../shared/train/evaluation.ts';
import type { StepContext } from '../../artifacts/kind.ts';
import type { ProjectStore } from '../../project-store.ts';
import type { modelRequest } from '../competitiveness/project-model.ts';
import type { ScenarioRows } from './data.ts';
import { classesNow, type Training } from './lineage.ts';

interface Continued {
  readonly id: string;
  readonly name: string;
  /** The trainings before this one. */
  readonly trainings: readonly Training[];
  /** Output of the last of them for each class of this one. */
  readonly outputOf: Int32Array;
  readonly model: Awaited<ReturnType<typeof modelRequest>>;
  readonly data: ScenarioRows;
  /** What this one answers on its own test rows. */
  readonly predicted: Int32Array;
}

interface Remembered {
  readonly history: History;
  readonly remembered: Uint8Array;
  /** Test rows of the task before whose class the new model knows, and the class that it answers, as its own index. */
  readonly before: { readonly rows: Int32Array; readonly answers: Int32Array };
}

/** Of a test row of an earlier task: answered wrongly, rightly, or of a class that the model does not know any more. */
const UNKNOWN = 2;

/** What the new model and each before it answer on the test rows of each task, and the part `remembered` of its artifact: for every test row of every
 *  earlier task one code. A row counts where the new model knows its class and no later training has learnt from its text. */
export async function historyOf(
  { store, worker, signal, seed }: Pick<StepContext<unknown>, 'store' | 'worker' | 'signal' | 'seed'>,
  { id, name, trainings, outputOf, model, data, predicted }: Continued,
): Promise<Remembered> {
  const now = classesNow(trainings, outputOf);
  const width = outputOf.length;
  const learnt = new Set([...data.train, ...data.dev].map((at) => comparisonForm(data.texts[at]!)));
  const places: Int32Array[] = [];
  const codes: Uint8Array[] = [];
  let before: Remembered['before'] = { rows: new Int32Array(), answers: new Int32Array() };
  // From the newest task down, so that `learnt` holds what later trainings have seen.
  for (let task = trainings.length - 1; task >= 0; task--) {
    const { test, train, dev } = trainings[task]!;
    const known = Int32Array.from(test.labels.keys()).filter((row) => now[task]![test.labels[row]!]! >= 0);
    const code = new Uint8Array(test.labels.length).fill(UNKNOWN);
    if (known.length > 0) {
      const texts = Array.from(known, (row) => test.texts[row]!);
      const { logits } = await worker.run({ type: 'classify', ...model, texts }, { signal });
      const answers = predictedClasses(logits, width);
      for (const [i, row] of known.entries()) code[row] = Number(answers[i] === now[task]![test.labels[row]!]);
      if (task === trainings.length - 1) before = { rows: known, answers };
    }
    codes.unshift(code);
    places.unshift(known.filter((row) => !learnt.has(comparisonForm(test.texts[row]!))));
    for (const { texts } of [train, dev]) for (const text of texts) learnt.add(comparisonForm(text));
  }
  const own = data.test.map((at, i) => Number(data.label[at] === predicted[i]));
  const answered = [
    ...trainings.map((training, i) => [
      ...trainings.map(({ test, predicted: then }, task) => {
        if (task > i) return null;
        const rights =
          task === i
            ? Uint8Array.from(test.labels, (label, row) => Number(label === then[row]))
            : kept(store, training, trainings, task);
        return rights === null ? null : Uint8Array.from(places[task]!, (row) => Number(rights[row] === 1));
      }),
      null,
    ]),
    [
      ...codes.map((code, task) => Uint8Array.from(places[task]!, (row) => Number(code[row] === 1))),
      Uint8Array.from(own),
    ],
  ];
  const { accuracy, ...summary } = forgettingMatrix(answered, seed);
  return {
    history: {
      trainings: [
        ...trainings.map((training, task) => ({ id: training.id, name: training.name, rows: places[task]!.length })),
        { id, name, rows: own.length },
      ],
      accuracy: accuracy.map((row) => [...row]),
      ...summary,
    },
    remembered: Uint8Array.from(codes.flatMap((code) => [...code])),
    before,
  };
}

/** What `training` answered on the test rows of an earlier task when it was made; null for compressed models, and for those from before that was kept. */
function kept(
  store: ProjectStore,
  { artifact }: Training,
  trainings: readonly Training[],
  task: number,
): Uint8Array | null {
  if (artifact.parts.remembered === undefined) return null;
  const before = trainings.slice(0, task).reduce((sum, { test }) => sum + test.labels.length, 0);
  return store.part(artifact, 'remembered').subarray(before, before + trainings[task]!.test.labels.length);
}
