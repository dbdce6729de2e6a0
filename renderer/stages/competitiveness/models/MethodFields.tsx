import { InputNumber, Segmented, Select, Switch } from 'antd';
import { learningRateFor, type RunConfig } from '../../../../shared/train/run-config.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';

interface Props {
  readonly config: RunConfig;
  /** Layers of the base model. */
  readonly layers: number;
  readonly onChange: (config: RunConfig) => void;
}

type Method = RunConfig['method'];

const METHODS = [
  'full',
  'frozen-prefix',
  'head',
  'bitfit',
  'adapter',
  'lora',
] as const satisfies readonly Method['type'][];
const BIASES = ['all', 'query-intermediate'] as const;
const VARIANTS = ['pfeiffer', 'houlsby'] as const;
const MOST_RANK = 256;
const MOST_REDUCTION = 1024;

/** A method with its usual options. @source Hu et al. 2022 for rank 8 and α 16 on query and value; AdapterHub for a reduction of 16 */
function methodOf(type: Method['type'], layers: number): Method {
  switch (type) {
    case 'full':
      return { type, freezeEmbeddings: true };
    case 'frozen-prefix':
      return { type, layers: Math.max(1, layers - 1) };
    case 'head':
      return { type };
    case 'bitfit':
      return { type, biases: 'all' };
    case 'adapter':
      return { type, variant: 'pfeiffer', reduction: 16 };
    case 'lora':
      return { type, rank: 8, alpha: 16, rankStabilised: false, targets: ['query', 'value'] };
  }
}

/** Which parts of the model learn, with what that means in plain words. */
export function MethodFields({ config, layers, onChange }: Props) {
  const t = useT();
  const { method } = config;
  const change = (changed: Method) => onChange({ ...config, method: changed });
  return (
    <div className="method-fields">
      <Segmented
        value={method.type}
        options={METHODS.map((type) => ({
          value: type,
          label: t(`stage.competitiveness.screen.models.methods.${type}`),
        }))}
        onChange={(type) =>
          onChange({ ...config, method: methodOf(type, layers), learningRate: learningRateFor(type) })
        }
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
        <Field label={t('stage.competitiveness.screen.models.topLayers')}>
          <InputNumber
            min={0}
            max={layers}
            value={layers - method.layers}
            onChange={(top) => top !== null && change({ ...method, layers: layers - top })}
            data-testid="competitiveness-models-top-layers"
          />
        </Field>
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
      {method.type === 'lora' && (
        <div className="form-row">
          <Field label={t('stage.competitiveness.screen.models.rank')}>
            <InputNumber
              min={1}
              max={MOST_RANK}
              value={method.rank}
              onChange={(rank) => rank !== null && change({ ...method, rank })}
            />
          </Field>
          <Field label={t('stage.competitiveness.screen.models.alpha')}>
            <InputNumber
              min={0.1}
              value={method.alpha}
              onChange={(alpha) => alpha !== null && change({ ...method, alpha })}
            />
          </Field>
        </div>
      )}
    </div>
  );
}
