/** Stops of the guided tour of the sample, in order. */
export const TOUR_STOPS = [
  'start',
  'map',
  'import',
  'clean',
  'topics',
  'drivers',
  'needs',
  'interval',
  'open',
  'rows',
  'locked',
  'floors',
  'train',
  'read',
  'strategy',
  'rest',
  'adaptation',
  'landing',
  'service',
  'report',
  'end',
] as const;
export type TourStop = (typeof TOUR_STOPS)[number];

export function isTourStop(name: string | null): name is TourStop {
  return TOUR_STOPS.some((stop) => stop === name);
}

/** What every stop says. */
interface StopTexts {
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly look: string;
  readonly do: string;
}

export interface TourTexts {
  readonly stop: { readonly [S in TourStop]: StopTexts };
  readonly [key: string]: string | object;
}
