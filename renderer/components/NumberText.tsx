import {
  decimalsOfInterval,
  formatMilliseconds,
  formatNumber,
  formatShare,
  formatShort,
} from '../../shared/i18n/number.ts';
import type { Translate } from '../../shared/i18n/translate.ts';
import { useT } from '../app/language.ts';

export type NumberUnit = 'count' | 'share' | 'milliseconds' | 'megabytes' | 'points' | 'plain';

/** A value with its unit, as text: `93.4 %`, `41 ms`, `+0.5 points`. */
export function numberWithUnit(t: Translate, value: number, unit: NumberUnit, decimals?: number): string {
  switch (unit) {
    case 'count':
      return formatNumber(value, decimals ?? 0);
    case 'share':
      return formatShare(value, decimals ?? 1);
    case 'milliseconds':
      return `${decimals === undefined ? formatMilliseconds(value) : formatNumber(value, decimals)}\u00a0${t('unit.milliseconds')}`;
    case 'megabytes':
      return `${decimals === undefined ? formatShort(value) : formatNumber(value, decimals)}\u00a0${t('unit.megabytes')}`;
    case 'points':
      return `${value > 0 ? '+' : ''}${formatNumber(value, decimals ?? 1)}`;
    case 'plain':
      return decimals === undefined ? formatShort(value) : formatNumber(value, decimals);
  }
}

interface Props {
  /** null: not known yet, shown as a dash. */
  readonly value: number | null;
  readonly unit?: NumberUnit;
  readonly decimals?: number;
  /** Bounds in the same unit, shown muted after the value. */
  readonly interval?: readonly [number, number] | null;
}

export function NumberText({ value, unit = 'count', decimals: asked, interval = null }: Props) {
  const t = useT();
  const decimals = decimalsShown(unit, interval, asked);
  if (value === null) return <span className="number faint">—</span>;
  return (
    <span className="number">
      {numberWithUnit(t, value, unit, decimals)}
      {interval !== null && (
        <span className="number-interval">
          {' '}
          [{boundText(interval[0], unit, decimals)}, {boundText(interval[1], unit, decimals)}]
        </span>
      )}
    </span>
  );
}

/** Decimals of a value beside its interval; undefined for the usual ones of its unit. */
export function decimalsShown(
  unit: NumberUnit,
  interval: readonly [number, number] | null,
  asked: number | undefined,
): number | undefined {
  return asked ?? (unit === 'plain' && interval !== null ? decimalsOfInterval(interval) : undefined);
}

/** A bound of an interval: the unit stands once, with the value. */
export function boundText(value: number, unit: NumberUnit, decimals?: number): string {
  if (unit === 'share') return formatNumber(value * 100, decimals ?? 1);
  if (unit === 'milliseconds' && decimals === undefined) return formatMilliseconds(value);
  if (unit === 'points') return formatNumber(value, decimals ?? 1);
  return decimals === undefined && unit !== 'count' ? formatShort(value) : formatNumber(value, decimals ?? 0);
}
