import { InputNumber, Segmented, Select } from 'antd';
import {
  type CompressionOptions,
  type CompressionTechnique,
  optionsOf,
  techniqueOptions,
} from '../../../../shared/stages/competitiveness/compression/technique.ts';
import { storedGroups } from '../../../../shared/train/storage.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';
import { partName } from './part-name.ts';

interface Props {
  readonly technique: CompressionTechnique;
  /** Layers of the model that is to be compressed. */
  readonly layers: number;
  /** What was changed of the technique's usual options. */
  readonly options: CompressionOptions;
  readonly onChange: (options: CompressionOptions) => void;
}

const PERCENT = 100;
const CALIBRATIONS = ['percentile', 'min-max'] as const;
const LEARNING = [
  { id: 'learningRate', min: 0.000001, max: 1, step: 0.00001 },
  { id: 'temperature', min: 0.1, max: 100, step: 0.5 },
  { id: 'alpha', min: 0, max: 1, step: 0.1 },
] as const;

/** The options that the chosen technique has, filled in with what is usual; what seldom needs changing is folded away. */
export function TechniqueFields({ technique, layers, options, onChange }: Props) {
  const t = useT();
  const known = optionsOf(technique);
  const now = { ...techniqueOptions(technique, layers), ...options };
  const change = (changed: CompressionOptions) => onChange({ ...options, ...changed });
  const more = LEARNING.filter(({ id }) => known.includes(id));
  return (
    <div className="form-row">
      {known.includes('share') && (
        <Field
          label={t('stage.competitiveness.screen.compression.share')}
          hint={t('stage.competitiveness.screen.compression.shareHint')}
        >
          <InputNumber
            min={5}
            max={95}
            step={5}
            value={Math.round((now.share ?? 0) * PERCENT)}
            onChange={(value) => value !== null && change({ share: value / PERCENT })}
            data-testid="competitiveness-compression-share"
          />
        </Field>
      )}
      {known.includes('layers') && (
        <Field
          label={t('stage.competitiveness.screen.compression.layers')}
          hint={t('stage.competitiveness.screen.compression.layersHint', { layers })}
        >
          <InputNumber
            min={1}
            max={layers}
            value={now.layers ?? layers}
            onChange={(value) => value !== null && change({ layers: value })}
            data-testid="competitiveness-compression-layers"
          />
        </Field>
      )}
      {known.includes('epochs') && (
        <Field
          label={t('stage.competitiveness.screen.compression.epochs')}
          hint={t('stage.competitiveness.screen.compression.epochsHint')}
        >
          <InputNumber
            min={0}
            max={100}
            value={now.epochs ?? 0}
            onChange={(value) => value !== null && change({ epochs: value })}
            data-testid="competitiveness-compression-epochs"
          />
        </Field>
      )}
      {known.includes('calibration') && (
        <Field
          label={t('stage.competitiveness.screen.compression.calibration')}
          hint={t('stage.competitiveness.screen.compression.calibrationHint')}
        >
          <Segmented
            value={now.calibration ?? 'percentile'}
            options={CALIBRATIONS.map((value) => ({
              value,
              label: t(`stage.competitiveness.screen.compression.calibrations.${value}`),
            }))}
            onChange={(value) => change({ calibration: value })}
          />
        </Field>
      )}
      {known.includes('keep') && (
        <Field
          label={t('stage.competitiveness.screen.compression.keep')}
          hint={t('stage.competitiveness.screen.compression.keepHint')}
        >
          <Select
            mode="multiple"
            className="form-wide"
            value={now.keep ?? []}
            options={storedGroups(layers).map((group) => ({ value: group as string, label: partName(t, group) }))}
            onChange={(keep) => change({ keep })}
            data-testid="competitiveness-compression-keep"
          />
        </Field>
      )}
      {more.length > 0 && (
        <details>
          <summary>{t('stage.competitiveness.screen.compression.more')}</summary>
          <div className="form-row">
            {more.map(({ id, ...range }) => (
              <Field
                key={id}
                label={t(`stage.competitiveness.screen.compression.${id}`)}
                hint={t(`stage.competitiveness.screen.compression.${id}Hint`)}
              >
                <InputNumber
                  {...range}
                  value={now[id] ?? range.min}
                  onChange={(value) => value !== null && change({ [id]: value })}
                />
              </Field>
            ))}
          </div>
        </details>
      )}
    </div>
  );
}
