import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const SUBJECTS = [
  'the loan approval',
  'my credit score',
  'the card limit',
  '审批结果',
  '额度调整',
  '客服回复',
] as const;
const REMARKS = [
  'took far too long',
  'was never explained',
  'changed overnight',
  '没有说明原因',
  '与预期不符',
  '比上次快',
] as const;
const SEGMENTS = ['retail', 'business', 'private'] as const;

const at = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;

/** A project with one imported file of so many rows, made as a person at a terminal would make it. Every text is another one. */
export async function makeLargeProject(file: string, rows: number): Promise<void> {
  const table = join(dirname(file), `${basename(file, '.csw')}.csv`);
  const lines = Array.from({ length: rows }, (_, row) => {
    const text = `${at(SUBJECTS, row * 7)} ${at(REMARKS, row * 11 + Math.floor(row / 36))} (${row + 1})`;
    return `${text},${at(SEGMENTS, row * 5)},${1 + ((row * 13) % 5)}`;
  });
  writeFileSync(table, `message,segment,rating\n${lines.join('\n')}\n`);
  await csw('new', file, '--name', '100 000');
  const imported = {
    sourceId: `file:${table}`,
    name: '100 000',
    kind: 'feedback',
    overrides: { hasHeader: true },
    columns: null,
  };
  await csw('call', file, 'demand.importSource', JSON.stringify(imported));
}

async function csw(...words: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'electron', 'cli', 'csw.ts'), ...words], { maxBuffer: 1e9 });
}
