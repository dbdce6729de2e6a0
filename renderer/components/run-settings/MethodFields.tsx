import { InputNumber, Segmented, Select, Switch } from 'antd';
import { canUnfreeze, learningRateFor, type RunConfig } from '../../../shared/train/run-config.ts';
import { METHOD_TYPES, type Method, usualMethod } from '../../../shared/train/usual-method.ts';
import { useT } from '../../app/language.ts';
import { Field } from '../Field.tsx';
import { LowRankFields } from './LowRankFields.tsx';
import './run-settings.css';
import { NumberField } from '../NumberField.tsx';

interface Props {
  readonly config: RunConfig;
  /** Layers of the base model. */
  readonly layers: number;
  readonly onChange: (config: RunConfig) => void;
  /** The learning rate that a newly chosen method begins with; its usual one unless given. */
  readonly rate?: (type: Method['type']) => number;
}

const BIASES = ['all', 'query-intermediate'] as const;
const VARIANTS = ['pfeiffer', 'houlsby'] as const;
const MOST_REDUCTION = 1024;

/** Which parts of the model learn, with what that means in plain words. */
export function MethodFields({ config, layers, onChange, rate = learningRateFor }: Props) {
  const t = useT();
  const { method } = config;
  const change = (changed: Method) => onChange({ ...config, method: changed });
  const choose = (type: Method['type']) => {
    const { unfreezing, ...rest } = config;
    const order = unfreezing === undefined || !canUnfreeze(type) ? {} : { unfreezing };
    onChange({ ...rest, ...order, method: usualMethod(type, layers), learningRate: rate(type) });
  };
  return (
    <div className="method-fields">
      <Segmented
        value={method.type}
        options={METHOD_TYPES.map((type) => ({
          value: type,
          label: t(`stage.competitiveness.screen.models.methods.${type}`),
        }))}
        onChange={choose}
        aria-label={t('stage.competitiveness.screen.models.method')}
        data-testid="competitiveness-models-method"
      />
      <p className="muted">{t(`stage.competitiveness.screen.models.methodWhat.${method.type}`)}</p>
      {method.type === 'full' && (
        // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control.
        <label className="inline-field">
          <Switch
            size="small"
            checked={method.freezeEmbeddings}
            onChange={(freezeEmbeddings) => change({ ...method, freezeEmbeddings })}
          />
          {t('stage.competitiveness.screen.models.freezeEmbeddings')}
        </label>
      )}
      {method.type === 'frozen-prefix' && (
        <NumberField
          label={t('stage.competitiveness.screen.models.topLayers')}
          min={0}
          max={layers}
          value={layers - method.layers}
          onChange={(top) => change({ ...method, layers: layers - top })}
          data-testid="competitiveness-models-top-layers"
        />
      )}
      {method.type === 'bitfit' && (
        <Field label={t('stage.competitiveness.screen.models.biases')}>
          <Select
            value={method.biases}
            options={BIASES.map((biases) => ({
              value: biases,
              label: t(`stage.competitiveness.screen.models.biasesOf.${biases}`),
            }))}
            onChange={(biases) => change({ ...method, biases })}
            popupMatchSelectWidth={false}
          />
        </Field>
      )}
      {method.type === 'adapter' && (
        <div className="form-row">
          <Field label={t('stage.competitiveness.screen.models.adapterVariant')}>
            <Select
              value={method.variant}
              options={VARIANTS.map((variant) => ({
                value: variant,
                label: t(`stage.competitiveness.screen.models.adapterVariants.${variant}`),
              }))}
              onChange={(variant) => change({ ...method, variant })}
              popupMatchSelectWidth={false}
            />
          </Field>
          <Field
            label={t('stage.competitiveness.screen.models.reduction')}
            hint={t('stage.competitiveness.screen.models.reductionHint')}
          >
            <InputNumber
              min={1}
              max={MOST_REDUCTION}
              value={method.reduction}
              onChange={(reduction) => reduction !== null && change({ ...method, reduction })}
            />
          </Field>
        </div>
      )}
      {(method.type === 'lora' || method.type === 'adalora') && <LowRankFields method={method} onChange={change} />}
    </div>
  );
}
