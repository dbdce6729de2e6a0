import { AppError } from '../shared/errors/app-error.ts';
import { because } from '../shared/errors/reasons.ts';
import { quantileOfSorted } from '../shared/statistics/quantile.ts';

/** The value of an option that a subcommand cannot do without. @throws AppError 'request.invalid' */
export function required(subcommand: string, name: string, value: string | undefined): string {
  if (value === undefined)
    throw new AppError('request.invalid', { name: subcommand, path: name, problem: because('missing', {}) });
  return value;
}

/** `16x128,32x16` as pairs. @throws AppError 'request.invalid' */
export function shapesOf(
  subcommand: string,
  text: string,
): readonly { readonly rows: number; readonly length: number }[] {
  return text.split(',').map((part) => {
    const [, rows, length] = /^([1-9]\d*)x([1-9]\d*)$/.exec(part) ?? [];
    if (rows === undefined || length === undefined) {
      throw new AppError('request.invalid', {
        name: subcommand,
        path: 'shapes',
        problem: because('form', { form: 'ROWSxTOKENS' }),
      });
    }
    return { rows: Number(rows), length: Number(length) };
  });
}

/** The median of measured values; NaN of none. */
export function median(values: readonly number[]): number {
  return (
    quantileOfSorted(
      values.toSorted((a, b) => a - b),
      0.5,
    ) ?? Number.NaN
  );
}
