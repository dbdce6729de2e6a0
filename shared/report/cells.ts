import type { ArtifactInfo } from '../contract/artifact.ts';
import { formatMilliseconds, formatNumber, formatShare, formatShort } from '../i18n/number.ts';
import type { NumberCell } from './blocks.ts';

interface Bounds {
  readonly low: number | null;
  readonly high: number | null;
}
interface Options {
  readonly decimals?: number;
  readonly interval?: Bounds | null;
  readonly bar?: number;
  readonly source?: ArtifactInfo;
}

type Format = (value: number) => string;

function cell(value: number | null, text: Format, bound: Format, { interval, bar, source }: Options): NumberCell {
  return {
    value,
    text: value === null ? '' : text(value),
    ...(interval === undefined || interval === null || interval.low === null || interval.high === null
      ? {}
      : {
          interval: `[${bound(interval.low)}, ${bound(interval.high)}]`,
          bounds: [interval.low, interval.high] as const,
        }),
    ...(bar === undefined ? {} : { bar }),
    ...(source === undefined ? {} : { source }),
  };
}

export function count(value: number | null, options: Options = {}): NumberCell {
  return cell(
    value,
    (number) => formatNumber(number),
    (number) => formatNumber(number),
    options,
  );
}

/** A share on 0–1 as per cent; the sign stands once, with the value. */
export function share(value: number | null, options: Options = {}): NumberCell {
  const { decimals = 1 } = options;
  return cell(
    value,
    (number) => formatShare(number, decimals),
    (number) => formatNumber(number * 100, decimals),
    options,
  );
}

/** A difference of shares in percentage points, with its sign. */
export function points(value: number | null, options: Options & { readonly unit?: string } = {}): NumberCell {
  const { decimals = 1, unit } = options;
  const signed = (number: number) => `${number > 0 ? '+' : ''}${formatNumber(number * 100, decimals)}`;
  return cell(
    value,
    (number) => (unit === undefined ? signed(number) : `${signed(number)}\u00a0${unit}`),
    signed,
    options,
  );
}

/** Any other number: fixed decimals, or three significant digits where none are given. */
export function plain(value: number | null, options: Options & { readonly unit?: string } = {}): NumberCell {
  const { decimals, unit } = options;
  const written = (number: number) => (decimals === undefined ? formatShort(number) : formatNumber(number, decimals));
  return cell(
    value,
    (number) => (unit === undefined ? written(number) : `${written(number)}\u00a0${unit}`),
    written,
    options,
  );
}

/** A measured time in milliseconds. */
export function milliseconds(value: number | null, options: Options & { readonly unit?: string } = {}): NumberCell {
  const { unit } = options;
  return cell(
    value,
    (number) => `${formatMilliseconds(number)}${unit === undefined ? '' : `\u00a0${unit}`}`,
    formatMilliseconds,
    options,
  );
}
