import type { ComponentProps } from 'react';
import { InspectedNumber } from './InspectedNumber.tsx';

const POINTS = 100;

interface Props extends Pick<ComponentProps<typeof InspectedNumber>, 'inspected' | 'testId'> {
  /** A difference of shares with its interval. */
  readonly estimate: { readonly value: number; readonly low: number; readonly high: number };
}

/** A difference of shares in percentage points, with its interval. */
export function PointsNumber({ estimate: { value, low, high }, ...rest }: Props) {
  return (
    <InspectedNumber
      value={value * POINTS}
      unit="points"
      decimals={1}
      interval={[low * POINTS, high * POINTS]}
      {...rest}
    />
  );
}
