import type { Output } from '../../../shared/contract/index.ts';
import { useView, type ViewState } from '../../components/use-view.ts';

/** Views that more than one step reads. */
export function useLabels(): ViewState<Output<'competitiveness.labels'>> {
  return useView('competitiveness.labels', {}, ['competitiveness.labels']);
}

export function usePrepared(): ViewState<Output<'competitiveness.preparedData'>> {
  return useView('competitiveness.preparedData', {}, ['competitiveness.labels', 'competitiveness.split']);
}

export function useFloors(): ViewState<Output<'competitiveness.floors'>> {
  return useView('competitiveness.floors', {}, [
    'competitiveness.labels',
    'competitiveness.split',
    'competitiveness.floors',
  ]);
}

export function useRuns(): ViewState<Output<'competitiveness.runs'>> {
  return useView('competitiveness.runs', {}, [
    'competitiveness.labels',
    'competitiveness.split',
    'competitiveness.run',
    'competitiveness.compressed',
  ]);
}

export function useExperiments(): ViewState<Output<'competitiveness.experiments'>> {
  return useView('competitiveness.experiments', {}, ['competitiveness.experiment', 'demand.dataset']);
}

export function useUsabilities(): ViewState<Output<'competitiveness.usabilities'>> {
  return useView('competitiveness.usabilities', {}, ['competitiveness.usability', 'demand.dataset']);
}

export function useBaseModels(): ViewState<Output<'competitiveness.baseModels'>> {
  return useView('competitiveness.baseModels', {}, ['competitiveness.importedModel']);
}

type BaseModels = Output<'competitiveness.baseModels'>;

/** The base model that fits the language of the labelled texts best; the first where none does. */
export function fittingModel(models: BaseModels | undefined, language: string | undefined): string | null {
  const wanted = language === 'en' ? 'en' : 'zh';
  const found = models?.find(({ languages }) => languages.some((code) => code.startsWith(wanted)));
  return (found ?? models?.[0])?.id ?? null;
}
