import type { HandlersFor } from '../../../../shared/contract/index.ts';
import { defineSlice } from '../../../../shared/contract/stage.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { because } from '../../../../shared/errors/reasons.ts';
import { explanationRequests } from '../../../../shared/stages/competitiveness/explanation/contract.ts';
import type {
  ExplainedSource,
  Explanation,
  FaithfulnessResult,
} from '../../../../shared/stages/competitiveness/explanation/results.ts';
import { explanationSlot, faithfulnessSlot } from '../../../../shared/stages/competitiveness/explanation/slots.ts';
import { cleanedText } from '../../../../shared/stages/demand/clean/text-cleaning.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetNumber } from '../demand/columns.ts';
import { classifiedSlot } from './classified.ts';
import { explainedCleaning, explainedModel, explainedSlot } from './explained-model.ts';
import type { ExplanationParams } from './explanation.ts';
import { required } from './predictions.ts';
import { taskAnswersSlot } from './tasks/answers.ts';
import { testedRows } from './tested-rows.ts';

const slice = defineSlice('competitiveness', explanationRequests);

/** What goes with a model that is taken out. */
export function slotsOnRun(store: ProjectStore, runId: string): readonly string[] {
  return [classifiedSlot(runId), taskAnswersSlot(runId), explanationSlot(runId), faithfulnessSlot(runId)].filter(
    (slot) => store.current(slot) !== undefined,
  );
}

export const explanationHandlers = (context: EngineContext): HandlersFor<typeof slice.requests> => {
  const { store, deps } = context;
  return {
    'competitiveness.testTexts': ({ runId, show, search, offset, limit }) => {
      const wanted = search.trim().toLowerCase();
      const found = testedRows(store, runId)
        .filter(({ right }) => show === 'all' || right === (show === 'right'))
        .filter(({ text }) => wanted === '' || text.toLowerCase().includes(wanted))
        .toSorted((a, b) => b.doubt - a.doubt);
      return {
        total: found.length,
        rows: found.slice(offset, offset + limit).map(({ dataset, doubt: _doubt, ...row }) => ({
          datasetId: `d${dataset}`,
          ...row,
        })),
      };
    },
    'competitiveness.explain': ({ runId, source, label }) => {
      required(store, explainedSlot(runId));
      const params: ExplanationParams = { source, label, ...textOf(context, runId, source) };
      return context.start([{ slot: explanationSlot(runId), params, seed: DEFAULT_SEED }]);
    },
    'competitiveness.explanation': ({ runId }) => context.view<Explanation>(explanationSlot(runId)),
    'competitiveness.measureFaithfulness': ({ runId, texts, seed }) => {
      required(store, explainedSlot(runId));
      if (explainedModel(store, deps, runId).targets.length === 0) {
        throw new AppError('competitiveness.no-probability', { runId });
      }
      return context.start([{ slot: faithfulnessSlot(runId), params: { texts }, seed }]);
    },
    'competitiveness.faithfulness': ({ runId }) => context.view<FaithfulnessResult>(faithfulnessSlot(runId)),
  };
};

/** @throws AppError 'artifact.not-found' for a row that is not among the model's test rows, 'request.invalid' for a text of which nothing is left */
function textOf(
  { store, deps }: EngineContext,
  runId: string,
  source: ExplainedSource,
): Pick<ExplanationParams, 'text' | 'actual'> {
  if (source.type === 'text') {
    const text = cleanedText(source.text, explainedCleaning(store, deps, runId));
    if (text !== '') return { text, actual: null };
    const problem = because('empty', {});
    throw new AppError('request.invalid', { name: 'competitiveness.explain', path: 'source.text', problem });
  }
  const dataset = datasetNumber(source.datasetId);
  const found = testedRows(store, runId).find((tested) => tested.dataset === dataset && tested.row === source.row);
  if (found === undefined) throw new AppError('artifact.not-found', { id: `${source.datasetId}/${source.row}` });
  return { text: found.text, actual: found.actual };
}
