import type { Output } from '../../../shared/contract/index.ts';
import { useView, type ViewState } from '../../components/use-view.ts';

export type ScenarioView = Output<'adaptation.scenarios'>[number];

/** Views that more than one step reads. */
export function useScenarios(): ViewState<Output<'adaptation.scenarios'>> {
  return useView('adaptation.scenarios', {}, ['adaptation.scenario', 'demand.needs', 'demand.targets']);
}

export function useScenarioData(scenarioId: string | null): ViewState<Output<'adaptation.data'>> {
  return useView('adaptation.data', scenarioId === null ? null : { scenarioId }, [
    `adaptation.data:${scenarioId}`,
    `adaptation.scenario:${scenarioId}`,
  ]);
}

export function useCandidates(scenarioId: string | null): ViewState<Output<'adaptation.candidates'>> {
  return useView('adaptation.candidates', scenarioId === null ? null : { scenarioId }, [
    'adaptation.model',
    'adaptation.data',
    'adaptation.scenario',
    'competitiveness.run',
    'competitiveness.compressed',
  ]);
}

export function useAdaptedModels(): ViewState<Output<'adaptation.models'>> {
  return useView('adaptation.models', {}, ['adaptation.model', 'adaptation.data', 'competitiveness.run']);
}

/** Names of the needs of f1 by id; null while there is no f1. */
export function useNeedNames(): { readonly names: ReadonlyMap<string, string>; readonly isKnown: boolean } {
  const needs = useView('demand.needs', {}, ['demand.needs']);
  return {
    names: new Map((needs.value?.result.needs ?? []).map(({ id, name }) => [id, name])),
    isKnown: needs.value != null,
  };
}
