import { Select } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { Input } from '../../../../shared/contract/index.ts';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import { useT } from '../../../app/language.ts';
import { JobButton } from '../../../components/JobButton.tsx';
import { useCompetitiveness } from '../store.ts';

type Measuring = 'competitiveness.measureFloors' | 'competitiveness.measureTaskFloors';

interface Props<N extends Measuring> {
  readonly view: ArtifactView<{ readonly floors: readonly { readonly modelId: string | null }[] }> | null;
  readonly models: readonly BaseModel[];
  /** The encoder that is frozen unless another is chosen. */
  readonly defaultModel: string | null;
  readonly request: N;
  readonly inputOf: (chosen: { readonly modelId: string; readonly seed: number }) => Input<N>;
  readonly slot: string;
  readonly testId: string;
}

/** Measures the simplest methods, with the encoder that is chosen here. */
export function FloorsStart<N extends Measuring>(props: Props<N>) {
  const { view, models, defaultModel, request, inputOf, slot, testId } = props;
  const t = useT();
  const chosen = useCompetitiveness((state) => state.floorModel);
  const seed = useCompetitiveness((state) => state.seed);
  const modelId = chosen ?? view?.result.floors.find((floor) => floor.modelId !== null)?.modelId ?? defaultModel;
  return (
    <>
      <Select
        value={modelId}
        options={models.map(({ id, name }) => ({ value: id, label: name }))}
        aria-label={t('stage.competitiveness.screen.models.floorsModel')}
        onChange={(floorModel: string) => useCompetitiveness.setState({ floorModel })}
        className="form-medium"
      />
      <JobButton
        request={request}
        input={inputOf({ modelId: modelId ?? '', seed })}
        slot={slot}
        label={t(`stage.competitiveness.screen.models.${view === null ? 'floorsRun' : 'floorsAgain'}`)}
        primary={view === null || view.artifact.stale.length > 0}
        missing={modelId === null ? t('stage.competitiveness.screen.models.baseNone') : null}
        testId={testId}
      />
    </>
  );
}
