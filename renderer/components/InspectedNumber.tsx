import { type Inspected, inspect } from '../app/inspector.ts';
import { useT } from '../app/language.ts';
import { decimalsShown, NumberText, type NumberUnit, numberWithUnit } from './NumberText.tsx';
import './inspected-number.css';

interface Props {
  /** null: not known, shown as a dash that opens nothing. */
  readonly value: number | null;
  readonly unit?: NumberUnit;
  readonly decimals?: number;
  /** Bounds in the same unit; null where not defined. */
  readonly interval?: readonly [number, number] | null;
  /** What the panel says of it beside value and interval. */
  readonly inspected: Omit<Inspected, 'value' | 'interval'>;
  readonly testId?: string;
}

/** A number that opens in the panel at the right: value, interval, method, slot, rows. */
export function InspectedNumber({ value, unit = 'count', decimals: asked, interval = null, inspected, testId }: Props) {
  const t = useT();
  const decimals = decimalsShown(unit, interval, asked);
  const shown = { value, unit, interval, ...(decimals === undefined ? {} : { decimals }) };
  if (value === null) return <NumberText {...shown} />;
  const text = (number: number) => numberWithUnit(t, number, unit, decimals);
  return (
    <button
      type="button"
      className="inspected"
      title={inspected.title}
      data-testid={testId}
      onClick={(event) => {
        event.stopPropagation();
        inspect({
          ...inspected,
          value: text(value),
          ...(interval === null ? {} : { interval: { low: text(interval[0]), high: text(interval[1]) } }),
        });
      }}
    >
      <NumberText {...shown} />
    </button>
  );
}

/** Both bounds, or null where one is not defined. */
export function boundsOf(low: number | null, high: number | null): readonly [number, number] | null {
  return low === null || high === null ? null : [low, high];
}
