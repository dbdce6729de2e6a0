import { InputNumber } from 'antd';
import type { Range } from '../../../shared/statistics/triangular.ts';
import { useT } from '../../app/language.ts';

interface Props {
  readonly label: string;
  readonly range: Range;
  readonly onChange: (range: Range) => void;
  /** Entered numbers are this many times the range's, e.g. 100 for per cent. */
  readonly factor?: number;
  readonly testId?: string;
}

const BOUNDS = ['low', 'likely', 'high'] as const;
const DECIMALS = 6;

/** Lowest, likeliest and highest of a quantity, side by side. */
export function RangeFields({ label, range, onChange, factor = 1, testId }: Props) {
  const t = useT();
  const invalid = !isRange(range);
  return (
    <fieldset className="range-fields" data-testid={testId}>
      <legend>{label}</legend>
      {BOUNDS.map((bound) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
        <label key={bound}>
          <span>{t(`stage.landing.screen.goals.form.${bound}`)}</span>
          <InputNumber
            size="small"
            value={Number((range[bound] * factor).toFixed(DECIMALS))}
            status={invalid ? 'error' : ''}
            onChange={(value) => value !== null && onChange({ ...range, [bound]: value / factor })}
            aria-label={`${label} ${t(`stage.landing.screen.goals.form.${bound}`)}`}
          />
        </label>
      ))}
    </fieldset>
  );
}

export function isRange({ low, likely, high }: Range): boolean {
  return low <= likely && likely <= high;
}
