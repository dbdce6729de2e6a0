import { z } from 'zod';
import type { Settings } from '../../shared/contract/app.ts';
import { type RequestName, requests } from '../../shared/contract/index.ts';
import type { RequestSpec } from '../../shared/contract/stage.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { createTranslate, type Translate } from '../../shared/i18n/translate.ts';
import { describeRecipe, describeSeeds } from './describe-recipe.ts';
import { nearNames } from './near-names.ts';
import { SUMMARIES_ZH_CN } from './summaries.zh-CN.ts';

type Language = Settings['language'];

const NEAR_NAMES = 3;

/** The contract for other programs: name → effect, summary, and JSON Schemas of input (before defaults) and output. Null for all of it.
 *  @throws AppError 'request.no-such' */
export function describeContract(request: string | null, language: Language): Record<string, unknown> {
  const all: Readonly<Record<string, RequestSpec>> = requests;
  if (request !== null) assertKnown(request);
  const wanted = request === null ? Object.entries(all) : Object.entries(all).filter(([name]) => name === request);
  const t = createTranslate(language);
  return Object.fromEntries(
    wanted.map(([name, { effect, input, output }]) => [
      name,
      {
        summary: summaryOf(name as RequestName, language),
        effect,
        input: jsonSchema(t, input, 'input'),
        output: jsonSchema(t, output, 'output'),
      },
    ]),
  );
}

/** @throws AppError 'request.no-such', with what may have been meant */
export function assertKnown(request: string): void {
  if (Object.hasOwn(requests, request)) return;
  const near = nearNames(request, Object.keys(requests), NEAR_NAMES).join(', ');
  throw new AppError('request.no-such', { name: request, near });
}

/** Every request in one line: name, effect, what it does. Parts of the contract are set apart by an empty line. */
export function listContract(language: Language): string {
  const names = Object.keys(requests) as RequestName[];
  const width = Math.max(...names.map((name) => name.length));
  const effectWidth = Math.max(...names.map((name) => requests[name].effect.length));
  const partOf = (name: string) => name.slice(0, name.indexOf('.'));
  return names
    .map((name, at) => {
      const line = `${name.padEnd(width)}  ${requests[name].effect.padEnd(effectWidth)}  ${summaryOf(name, language)}\n`;
      return at > 0 && partOf(names[at - 1]!) !== partOf(name) ? `\n${line}` : line;
    })
    .join('');
}

const summaryOf = (name: RequestName, language: Language) =>
  language === 'zh-CN' ? SUMMARIES_ZH_CN[name] : requests[name].summary;

function jsonSchema(t: Translate, schema: z.ZodType, io: 'input' | 'output') {
  return z.toJSONSchema(schema, {
    io,
    // A value whose form only code can check is described as anything.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: made }) => {
      describeRecipe(t, zodSchema, made);
      describeSeeds(t, zodSchema, made);
    },
  });
}
