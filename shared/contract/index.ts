import type { z } from 'zod';
import { adaptation } from '../stages/adaptation/contract.ts';
import { competitiveness } from '../stages/competitiveness/contract.ts';
import { demand } from '../stages/demand/contract.ts';
import { landing } from '../stages/landing/contract.ts';
import { service } from '../stages/service/contract.ts';
import { app } from './app.ts';
import { jobs, project } from './project.ts';
import { report } from './report.ts';
import type { RequestSpec } from './stage.ts';

/** Requests that a host answers itself; all others go to the engine of an open project. */
export const appRequests = app.requests;

export const projectRequests = {
  ...project.requests,
  ...jobs.requests,
  ...demand.requests,
  ...competitiveness.requests,
  ...adaptation.requests,
  ...landing.requests,
  ...service.requests,
  ...report.requests,
} as const;

export const requests = { ...appRequests, ...projectRequests } as const;

export type AppRequests = typeof appRequests;
export type ProjectRequests = typeof projectRequests;
export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type ProjectRequestName = keyof ProjectRequests;
export type AppRequestName = keyof AppRequests;

/** What a caller writes, before defaults. */
export type Input<N extends RequestName> = z.input<Requests[N]['input']>;
export type Output<N extends RequestName> = z.output<Requests[N]['output']>;

/** One handler per request: the compiler refuses a missing one. */
export type HandlersFor<R extends Record<string, RequestSpec>> = {
  readonly [N in keyof R]: (
    input: z.output<R[N]['input']>,
  ) => z.output<R[N]['output']> | Promise<z.output<R[N]['output']>>;
};
