import { readFileSync } from 'node:fs';
import papaparse from 'papaparse';
import { AppError } from '../shared/errors/app-error.ts';
import { createRng, shuffle } from '../shared/rng.ts';

export interface Labelled {
  readonly texts: readonly string[];
  readonly labels: readonly string[];
}

export function readLabelled(file: string, textColumn: string, labelColumn: string): Labelled {
  const { data, meta } = papaparse.parse<Record<string, string>>(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  });
  for (const column of [textColumn, labelColumn]) {
    if (!meta.fields?.includes(column)) throw new AppError('import.column-missing', { column });
  }
  return { texts: data.map((row) => row[textColumn] ?? ''), labels: data.map((row) => row[labelColumn] ?? '') };
}

/** A random part that keeps the shares of the classes (`rows` in all), or at most `perClass` rows of each. */
export function subset(all: Labelled, rows: number | null, perClass: number | null, seed: number): Labelled {
  if (rows === null && perClass === null) return all;
  const byClass = new Map<string, number[]>();
  for (const i of shuffle([...all.texts.keys()], createRng(seed))) {
    const label = all.labels[i]!;
    byClass.set(label, [...(byClass.get(label) ?? []), i]);
  }
  const share = rows === null ? 1 : Math.min(1, rows / all.texts.length);
  const picked = [...byClass.values()].flatMap((some) =>
    some.slice(0, Math.min(perClass ?? some.length, Math.max(1, Math.round(some.length * share)))),
  );
  return { texts: picked.map((i) => all.texts[i]!), labels: picked.map((i) => all.labels[i]!) };
}
