/** One request of a sample; the next waits for its job unless said otherwise. */
export interface SampleStep {
  readonly request: string;
  readonly input: unknown;
  readonly wait: boolean;
}

export function step(request: string, input: unknown, wait = true): SampleStep {
  return { request, input, wait };
}
