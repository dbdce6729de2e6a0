import { AppError } from '../shared/errors/app-error.ts';

/** The value of an option that a subcommand cannot do without. @throws AppError 'request.invalid' */
export function required(subcommand: string, name: string, value: string | undefined): string {
  if (value === undefined) throw new AppError('request.invalid', { name: subcommand, path: name, problem: 'missing' });
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
      throw new AppError('request.invalid', { name: subcommand, path: 'shapes', problem: `${part}: ROWSxTOKENS` });
    }
    return { rows: Number(rows), length: Number(length) };
  });
}

/** The middle one of some durations. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
