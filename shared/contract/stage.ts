import { z } from 'zod';

export const STAGE_IDS = ['demand', 'competitiveness', 'adaptation', 'landing', 'service'] as const;
export type StageId = (typeof STAGE_IDS)[number];
/** Who an artifact belongs to: a stage, or the reports over all of them. */
export const ARTIFACT_OWNERS = [...STAGE_IDS, 'report'] as const;
export type ArtifactOwner = (typeof ARTIFACT_OWNERS)[number];
export type StageRegistry<T> = { readonly [S in StageId]: T };

/** `query` reads, `command` changes the project at once, `job` starts work that goes on and answers with the job's id, `export` writes a file elsewhere and leaves the project as it is. */
export type RequestEffect = 'query' | 'command' | 'job' | 'export';

export interface RequestSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
  readonly effect: RequestEffect;
  readonly summary: string;
}

export function query<I extends z.ZodType, O extends z.ZodType>(summary: string, input: I, output: O) {
  return { input, output, effect: 'query', summary } as const satisfies RequestSpec<I, O>;
}

export function command<I extends z.ZodType, O extends z.ZodType>(summary: string, input: I, output: O) {
  return { input, output, effect: 'command', summary } as const satisfies RequestSpec<I, O>;
}

export function exporting<I extends z.ZodType, O extends z.ZodType>(summary: string, input: I, output: O) {
  return { input, output, effect: 'export', summary } as const satisfies RequestSpec<I, O>;
}

const jobStartedSchema = z.strictObject({ jobId: z.string() });

export function job<I extends z.ZodType>(summary: string, input: I) {
  return { input, output: jobStartedSchema, effect: 'job', summary } as const satisfies RequestSpec<
    I,
    typeof jobStartedSchema
  >;
}

export const noInput = z.strictObject({});

type Prefixed<Id extends string, R> = { readonly [K in keyof R & string as `${Id}.${K}`]: R[K] };

export interface Slice<Id extends string, R> {
  readonly id: Id;
  readonly requests: Prefixed<Id, R>;
}

/** A named part of the contract; its requests get the id as prefix, so two parts cannot collide. */
export function defineSlice<const Id extends string, const R extends Record<string, RequestSpec>>(
  id: Id,
  requests: R,
): Slice<Id, R> {
  const prefixed = Object.fromEntries(Object.entries(requests).map(([name, spec]) => [`${id}.${name}`, spec]));
  return { id, requests: prefixed as Prefixed<Id, R> };
}

export interface Stage<Id extends StageId, R, Steps extends readonly string[]> extends Slice<Id, R> {
  readonly steps: Steps;
}

/** A stage: a slice with the ordered steps of its wizard. */
export function defineStage<
  const Id extends StageId,
  const Steps extends readonly string[],
  const R extends Record<string, RequestSpec>,
>(id: Id, steps: Steps, requests: R): Stage<Id, R, Steps> {
  return { ...defineSlice(id, requests), steps };
}
