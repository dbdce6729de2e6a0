import type { HandlersFor } from '../../../../shared/contract/index.ts';
import { defineSlice } from '../../../../shared/contract/stage.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { explanationRequests } from '../../../../shared/stages/competitiveness/explanation/contract.ts';
import type {
  ExplainedSource,
  Explanation,
  FaithfulnessResult,
} from '../../../../shared/stages/competitiveness/explanation/results.ts';
import { explanationSlot, faithfulnessSlot } from '../../../../shared/stages/competitiveness/explanation/slots.ts';
import { asFloat32 } from '../../artifacts/parts.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetNumber } from '../demand/columns.ts';
import { classifiedSlot } from './classified.ts';
import type { ExplanationParams } from './explanation.ts';
import { measuredRun, required, testOf, testTextsOf } from './predictions.ts';
import { modelSlot } from './project-model.ts';

const slice = defineSlice('competitiveness', explanationRequests);

/** What goes with a model that is taken out. */
export function slotsOnRun(store: ProjectStore, runId: string): readonly string[] {
  return [classifiedSlot(runId), explanationSlot(runId), faithfulnessSlot(runId)].filter(
    (slot) => store.current(slot) !== undefined,
  );
}

export const explanationHandlers = (context: EngineContext): HandlersFor<typeof slice.requests> => {
  const { store } = context;
  return {
    'competitiveness.testTexts': ({ runId, show, search, offset, limit }) => {
      const run = measuredRun(store, runId);
      const confidence = asFloat32(store.part(run.artifact, 'confidence'));
      const { texts, rows, actual, nameOf } = testTexts(store, runId);
      const wanted = search.trim().toLowerCase();
      const found = [...rows.test.keys()]
        .filter((at) => show === 'all' || (run.predictions[at] === actual[at]) === (show === 'right'))
        .filter((at) => wanted === '' || texts[at]!.toLowerCase().includes(wanted))
        .sort((a, b) => confidence[a]! - confidence[b]! || a - b);
      return {
        total: found.length,
        rows: found.slice(offset, offset + limit).map((at) => ({
          datasetId: `d${rows.rows.dataset[rows.test[at]!]}`,
          row: rows.rows.row[rows.test[at]!]!,
          text: texts[at]!,
          actual: nameOf(actual[at]!),
          predicted: nameOf(run.predictions[at]!),
          confidence: Math.min(1, confidence[at]!),
        })),
      };
    },
    'competitiveness.explain': ({ runId, source, label }) => {
      required(store, modelSlot(runId));
      const params: ExplanationParams = { source, label, ...textOf(store, runId, source) };
      return context.start([{ slot: explanationSlot(runId), params, seed: DEFAULT_SEED }]);
    },
    'competitiveness.explanation': ({ runId }) => context.view<Explanation>(explanationSlot(runId)),
    'competitiveness.measureFaithfulness': ({ runId, texts, seed }) => {
      required(store, modelSlot(runId));
      return context.start([{ slot: faithfulnessSlot(runId), params: { texts }, seed }]);
    },
    'competitiveness.faithfulness': ({ runId }) => context.view<FaithfulnessResult>(faithfulnessSlot(runId)),
  };
};

function testTexts(store: ProjectStore, runId: string) {
  const model = measuredRun(store, runId);
  const { classes, rows, actual } = testOf(store, model);
  return { rows, actual, texts: testTextsOf(store, model), nameOf: (label: number) => classes[label] ?? '' };
}

/** @throws AppError 'artifact.not-found' for a row that is not among the run's test rows */
function textOf(
  store: ProjectStore,
  runId: string,
  source: ExplainedSource,
): Pick<ExplanationParams, 'text' | 'actual'> {
  if (source.type === 'text') return { text: source.text, actual: null };
  const { texts, rows, actual, nameOf } = testTexts(store, runId);
  const dataset = datasetNumber(source.datasetId);
  const at = rows.test.findIndex(
    (index) => rows.rows.dataset[index] === dataset && rows.rows.row[index] === source.row,
  );
  if (at < 0) throw new AppError('artifact.not-found', { id: `${source.datasetId}/${source.row}` });
  return { text: texts[at]!, actual: nameOf(actual[at]!) };
}
