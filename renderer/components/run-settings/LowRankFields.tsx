import { InputNumber, Select, Switch } from 'antd';
import { ALL_LINEAR, type Method } from '../../../shared/train/usual-method.ts';
import { useT } from '../../app/language.ts';
import { Field } from '../Field.tsx';
import { NumberField } from '../NumberField.tsx';

type LowRank = Extract<Method, { type: 'lora' | 'adalora' }>;

interface Props {
  readonly method: LowRank;
  readonly onChange: (method: LowRank) => void;
}

const MOST_RANK = 256;
const TARGETS = { attention: ['query', 'value'], all: ALL_LINEAR } as const;

/** Ranks, strength and place of LoRA's and AdaLoRA's matrices. */
export function LowRankFields({ method, onChange }: Props) {
  const t = useT();
  const { rank } = method;
  const place = method.targets.length === ALL_LINEAR.length ? 'all' : 'attention';
  return (
    <div className="form-row">
      <Field label={t(`stage.competitiveness.screen.models.${method.type === 'lora' ? 'rank' : 'rankFirst'}`)}>
        <InputNumber
          min={1}
          max={MOST_RANK}
          value={rank}
          onChange={(value) =>
            value !== null &&
            onChange(
              method.type === 'lora'
                ? { ...method, rank: value }
                : { ...method, rank: value, targetRank: Math.min(value, method.targetRank) },
            )
          }
        />
      </Field>
      {method.type === 'adalora' && (
        <NumberField
          label={t('stage.competitiveness.screen.models.rankLast')}
          min={1}
          max={rank}
          value={method.targetRank}
          onChange={(targetRank) => onChange({ ...method, targetRank })}
        />
      )}
      <Field
        label={t('stage.competitiveness.screen.models.alpha')}
        hint={t('stage.competitiveness.screen.models.alphaHint')}
      >
        <InputNumber
          min={0.1}
          value={method.alpha}
          onChange={(alpha) => alpha !== null && onChange({ ...method, alpha })}
        />
      </Field>
      <Field label={t('stage.competitiveness.screen.models.targets')}>
        <Select<keyof typeof TARGETS>
          value={place}
          options={(['attention', 'all'] as const).map((value) => ({
            value,
            label: t(`stage.competitiveness.screen.models.targetsOf.${value}`),
          }))}
          onChange={(chosen) => onChange({ ...method, targets: [...TARGETS[chosen]] })}
          popupMatchSelectWidth={false}
        />
      </Field>
      {method.type === 'lora' && (
        <Field
          label={t('stage.competitiveness.screen.models.rankStabilised')}
          hint={t('stage.competitiveness.screen.models.rankStabilisedHint')}
        >
          <Switch
            checked={method.rankStabilised}
            onChange={(rankStabilised) => onChange({ ...method, rankStabilised })}
          />
        </Field>
      )}
    </div>
  );
}
