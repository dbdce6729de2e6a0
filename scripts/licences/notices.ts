import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ProductionPackage, productionPackages } from './production-packages.ts';

/** Packages that state a licence but carry no file with its text: their copyright, and packages or files whose text is the same. */
const WITHOUT_TEXT: Readonly<Record<string, { readonly copyright: string; readonly textOf: readonly string[] }>> = {
  '@ant-design/icons-svg': {
    copyright: 'Copyright (c) 2018-present Ant UED, https://xtech.antfin.com/',
    textOf: ['node_modules/antd'],
  },
  '@bufbuild/protobuf': {
    copyright: 'Copyright 2021-2026 Buf Technologies, Inc.; parts Copyright 2008 Google Inc.',
    textOf: ['node_modules/@huggingface/tokenizers', 'node_modules/d3-ease'],
  },
  'is-mobile': { copyright: 'Copyright (c) Julian Gruber', textOf: ['node_modules/react'] },
  'onnxruntime-common': {
    copyright: 'Copyright (c) Microsoft Corporation',
    textOf: ['licences/onnxruntime-1.27.0-LICENSE.txt'],
  },
  'onnxruntime-node': {
    copyright: 'Copyright (c) Microsoft Corporation',
    textOf: ['licences/onnxruntime-1.27.0-LICENSE.txt'],
  },
  saxes: {
    copyright: 'Copyright (c) Contributors; Louis-Dominique Dubeau; parts Isaac Z. Schlueter',
    textOf: ['node_modules/d3-array'],
  },
};

const MODELS = [
  { name: 'bge-small-zh-v1.5', licence: 'MIT', origin: 'BAAI, FlagEmbedding' },
  { name: 'all-MiniLM-L6-v2', licence: 'Apache-2.0', origin: 'sentence-transformers' },
] as const;

/** Parts compiled into binaries, which no package manager lists. */
const INSIDE_BINARIES = [
  'ONNX Runtime 1.27.0 contains the components listed, with their licences, in `licences/onnxruntime-1.27.0-ThirdPartyNotices.txt`.',
  'better-sqlite3-multiple-ciphers contains SQLite (public domain) and SQLite3 Multiple Ciphers (MIT, Copyright (c) 2006-2026 Ulrich Telle).',
  '@node-rs/jieba contains jieba-rs and its dictionary (MIT, Copyright (c) 2018 messense, Paul Meng).',
  'The node-* packages and Electron carry the licences of Node.js and Chromium beside their binaries (`LICENSE`, `LICENSES.chromium.html`).',
] as const;

interface Notice {
  readonly copyright: string;
  readonly texts: readonly string[];
}

/** THIRD-PARTY-NOTICES.md as text: packages the product needs at run time and the base models, each licence text once.
 *  The same on every platform. @throws Error where a package has no licence text and is not listed above */
export function thirdPartyNotices(root: string): string {
  const packages = productionPackages(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const numbers = new Map<string, { readonly number: number; readonly text: string }>();
  const refer = (text: string): string => {
    const { body } = split(text);
    const key = body
      .toLowerCase()
      .replace(/[^a-z0-9]+/gu, ' ')
      .trim();
    const known = numbers.get(key) ?? { number: numbers.size + 1, text: body };
    numbers.set(key, known);
    return `[${known.number}](#text-${known.number})`;
  };
  const rows = packages.map((entry) => {
    if (entry.platformOnly) return row(entry, 'as the package that loads it', 'in the package');
    const notice = noticeOf(root, entry);
    return row(entry, notice.copyright, notice.texts.map(refer).join(' '));
  });
  const models = MODELS.map(({ name, licence, origin }) => {
    const text = readFileSync(path.join(root, 'models', name, 'LICENSE'), 'utf8');
    return `| ${name} (${origin}) | | ${licence} | ${split(text).copyright} | ${refer(text)} |`;
  });
  const texts = [...numbers.values()].map(({ number, text }) => `### Text ${number}\n\n\`\`\`text\n${text}\n\`\`\`\n`);
  return `# Third-party notices

Success Workbench is under the MIT licence (\`LICENSE\`). It uses the packages and models below under their own.
This file is written by \`scripts/third-party-notices.ts\`; do not edit it by hand.

## Packages

| package | version | licence | copyright | text |
| --- | --- | --- | --- | --- |
${[...new Set(rows)].join('\n')}

## Base models

| model | version | licence | copyright | text |
| --- | --- | --- | --- | --- |
${models.join('\n')}

## Inside binaries

${INSIDE_BINARIES.map((line) => `- ${line}`).join('\n')}

## Licence texts

${texts.join('\n')}`;
}

function row({ name, version, licence }: ProductionPackage, copyright: string, text: string): string {
  return `| ${name} | ${version} | ${licence} | ${copyright.replaceAll('|', '\\|')} | ${text} |`;
}

function noticeOf(root: string, { folder, name }: ProductionPackage): Notice {
  const own = licenceFiles(path.join(root, folder));
  if (own.length > 0) return { copyright: split(own.join('\n')).copyright, texts: own };
  const known = WITHOUT_TEXT[name];
  if (known === undefined) throw new Error(`${name} has no licence text: add it to WITHOUT_TEXT`);
  const texts = known.textOf.flatMap((place) =>
    place.endsWith('.txt') ? [readFileSync(path.join(root, place), 'utf8')] : licenceFiles(path.join(root, place)),
  );
  return { copyright: known.copyright, texts };
}

/** Licence files of a package; where there are two of the same name (`LICENSE`, `LICENSE.md`) they repeat each other, so the first stands for both. */
function licenceFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).sort();
  const licence = names.find((name) => /^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/iu.test(name));
  const notice = names.find((name) => /^notice(?:\.(?:md|txt))?$/iu.test(name));
  return [licence, notice]
    .filter((name) => name !== undefined)
    .map((name) => readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n'));
}

/** Copyright lines apart from the terms, so that equal terms are recognised. */
function split(text: string): { readonly copyright: string; readonly body: string } {
  const isCopyright = (line: string) =>
    /^\W*(?:copyright\s+(?:\(c\)|©|\d{4}|[A-Z])|\(c\)\s+\d{4}|©)/iu.test(line) &&
    !/\[yyyy\]|copyright (?:notice|license|owner|holder|statement)/iu.test(line);
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const copyright = [...new Set(lines.filter(isCopyright).map((line) => line.trim().replace(/^[#>*\s]+/u, '')))];
  const terms = lines.filter(
    (line) =>
      !isCopyright(line) && !/^\s*#*\s*(?:\(?the )?(?:mit|isc|bsd)(?: licen[cs]e)?(?: \(mit\)|\))?\.?\s*$/iu.test(line),
  );
  return {
    copyright: copyright.join('; ') || 'in the text',
    body: terms
      .join('\n')
      .replace(/\n{3,}/gu, '\n\n')
      .trim(),
  };
}
