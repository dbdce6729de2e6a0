import { WeightBar } from './WeightBar.tsx';

interface Props {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  readonly max: number;
  readonly label: string;
  readonly width?: number;
  /** The simplest thing, as a dashed line. */
  readonly reference?: number;
}

/** A plain bar with its interval. */
export function IntervalBar({ value, label, ...rest }: Props) {
  return <WeightBar parts={[{ id: 'value', label, value }]} label={label} {...rest} />;
}
