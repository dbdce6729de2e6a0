import type { FileFormat } from './import-options.ts';

export interface FormatGuess {
  readonly format: FileFormat;
  readonly because: 'extension' | 'content';
}

const BY_EXTENSION: Readonly<Record<string, FileFormat>> = {
  csv: 'delimited',
  tsv: 'delimited',
  tab: 'delimited',
  psv: 'delimited',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  txt: 'lines',
  md: 'paragraphs',
};

/** Guesses by extension, except `.json` and unknown ones, where the beginning of the text decides. A `.txt` whose every line has
 *  the same tabs is a table. `name` may be empty (pasted text). Workbooks are told by their bytes, before this. */
export function guessFormat(name: string, sample: string): FormatGuess {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const known = BY_EXTENSION[extension];
  if (known !== undefined && !(extension === 'txt' && isTabbed(sample))) return { format: known, because: 'extension' };
  return { format: byContent(sample, extension), because: 'content' };
}

function byContent(sample: string, extension: string): FileFormat {
  const start = sample.trimStart();
  if (start.startsWith('[')) return 'json';
  if (start.startsWith('{')) return 'jsonl';
  if (extension === 'txt' || isTabbed(sample)) return 'delimited';
  const lines = sample.split(/\r\n|[\r\n]/, 50).filter((line) => line.trim() !== '');
  const commas = lines.map((line) => line.split(',').length - 1);
  const sameCommas = lines.length >= 2 && commas[0]! > 0 && commas.every((count) => count === commas[0]);
  return sameCommas || lines.some((line) => line.includes('","')) ? 'delimited' : 'lines';
}

function isTabbed(sample: string): boolean {
  const lines = sample.split(/\r\n|[\r\n]/, 50).filter((line) => line.trim() !== '');
  const tabs = lines.slice(0, Math.max(1, lines.length - 1)).map((line) => line.split('\t').length - 1);
  return tabs.length > 0 && tabs[0]! > 0 && tabs.every((count) => count === tabs[0]);
}
