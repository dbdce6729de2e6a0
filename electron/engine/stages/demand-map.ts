import type { MapFigure, Overview } from '../../../shared/contract/project.ts';
import type { demand } from '../../../shared/stages/demand/contract.ts';
import type { NeedsResult } from '../../../shared/stages/demand/results.ts';
import type { EngineContext } from '../context.ts';
import type { StepKinds } from '../project/overview.ts';
import { datasetResult, demandDatasetIds, hasRole } from './demand/columns.ts';

export const demandStepKinds: Readonly<Record<(typeof demand.steps)[number], StepKinds>> = {
  import: { kinds: ['demand.dataset', 'demand.roles'], done: ['demand.dataset'] },
  clean: { kinds: ['demand.clean'], done: ['demand.clean'] },
  topics: { kinds: ['demand.embeddings', 'demand.topics', 'demand.topicEdits'], done: ['demand.topics'] },
  drivers: {
    kinds: ['demand.satisfaction', 'demand.scores', 'demand.drivers'],
    done: ['demand.satisfaction', 'demand.scores', 'demand.drivers'],
  },
  needs: {
    kinds: ['demand.needsSetup', 'demand.needs', 'demand.targets', 'demand.requirements'],
    done: ['demand.needs'],
  },
};

export function demandFigures({ store, view }: EngineContext): MapFigure[] {
  const none = { low: null, high: null, text: null };
  const ids = demandDatasetIds(store);
  const rows = ids.reduce((sum, id) => sum + datasetResult(store, id).rowCount, 0);
  const f1 = view<NeedsResult>('demand.needs');
  const first = f1?.result.needs.toSorted((a, b) => a.rank - b.rank)[0];
  return [
    { id: 'rows', ...none, value: ids.length === 0 ? null : rows, unit: 'count', slot: null },
    {
      id: 'needs',
      ...none,
      value: f1?.result.needs.length ?? null,
      unit: 'count',
      slot: f1 === null ? null : 'demand.needs',
    },
    {
      id: 'firstNeed',
      value: first?.weight ?? null,
      low: first?.low ?? null,
      high: first?.high ?? null,
      text: first?.name ?? null,
      unit: 'share',
      slot: f1 === null ? null : 'demand.needs',
    },
  ];
}

export function demandNext({ store }: EngineContext): Overview['next'] {
  const step = (id: string, at: string, params: Overview['next'][number]['params'] = {}): Overview['next'] => [
    { id: `demand.${id}`, stage: 'demand', step: at, params },
  ];
  const ids = demandDatasetIds(store);
  if (ids.length === 0) return step('import', 'import');
  const uncleaned = ids.filter((id) => store.current(`demand.clean:${id}`) === undefined);
  if (uncleaned.length > 0) return step('clean', 'clean', { count: uncleaned.length });
  const hasTexts = ids.some((id) => hasRole(store, id, 'text'));
  if (hasTexts && store.current('demand.topics') === undefined) return step('topics', 'topics');
  const survey = ids.find((id) => hasRole(store, id, 'item') && store.current(`demand.drivers:${id}`) === undefined);
  if (survey !== undefined) return step('drivers', 'drivers', { dataset: datasetResult(store, survey).name });
  if (store.current('demand.needs') === undefined) return step('needs', 'needs');
  return store.current('demand.targets') === undefined ? step('targets', 'needs') : [];
}
