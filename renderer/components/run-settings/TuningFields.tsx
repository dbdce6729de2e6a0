import { Switch } from 'antd';
import { canUnfreeze, type RunConfig } from '../../../shared/train/run-config.ts';
import { useT } from '../../app/language.ts';
import { Field } from '../Field.tsx';
import { NumberField } from '../NumberField.tsx';
import { Explained } from './Explained.tsx';
import { HalfPrecisionRow } from './HalfPrecisionRow.tsx';

interface Props {
  readonly config: RunConfig;
  readonly onChange: (config: RunConfig) => void;
}

const MOST_PARTS = 256;

/** In what order, at what rates and in what parts the tensors learn, each with when it is worth touching. */
export function TuningFields({ config, onChange }: Props) {
  const t = useT();
  const { layerDecay, unfreezing, accumulation, ...rest } = config;
  const change = (changed: Partial<Pick<RunConfig, 'layerDecay' | 'unfreezing' | 'accumulation'>>) => {
    const { layerDecay: decay = 1, unfreezing: order, accumulation: parts = 1 } = { ...config, ...changed };
    onChange({
      ...rest,
      ...(decay === 1 ? {} : { layerDecay: decay }),
      ...(order === undefined ? {} : { unfreezing: order }),
      ...(parts === 1 ? {} : { accumulation: parts }),
    });
  };
  return (
    <>
      <div className="form-grid">
        <Explained hint={t('stage.competitiveness.screen.models.layerDecayHint')}>
          <NumberField
            label={t('stage.competitiveness.screen.models.layerDecay')}
            min={0.1}
            max={1}
            step={0.05}
            value={layerDecay ?? 1}
            onChange={(value) => change({ layerDecay: value })}
            data-testid="competitiveness-models-layer-decay"
          />
        </Explained>
        <Explained hint={t('stage.competitiveness.screen.models.accumulationHint')}>
          <NumberField
            label={t('stage.competitiveness.screen.models.accumulation')}
            min={1}
            max={MOST_PARTS}
            value={accumulation ?? 1}
            onChange={(value) => change({ accumulation: value })}
            data-testid="competitiveness-models-accumulation"
          />
        </Explained>
        <Explained hint={t('stage.competitiveness.screen.models.unfreezingHint')}>
          <Field label={t('stage.competitiveness.screen.models.unfreezing')}>
            <Switch
              checked={unfreezing === 'gradual'}
              disabled={!canUnfreeze(config.method.type)}
              onChange={(gradual) => change({ unfreezing: gradual ? 'gradual' : undefined })}
              data-testid="competitiveness-models-unfreezing"
            />
          </Field>
        </Explained>
      </div>
      <HalfPrecisionRow config={config} onChange={onChange} />
    </>
  );
}
