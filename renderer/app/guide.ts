import { create } from 'zustand';
import type { Guide } from '../../shared/contract/app.ts';
import { isTourStop, TOUR_STOPS, type TourStop } from '../../shared/help/tour.ts';
import { call } from '../engine.ts';
import { type Place, useNavigation } from './navigation.ts';

interface GuideState extends Guide {
  /** Nothing is offered before it is known what was seen. */
  readonly loaded: boolean;
  /** The step that is shown, and the one whose explanation is open; a step may be drawn anew while it is shown. */
  readonly visited: string | null;
  readonly unfolded: string | null;
}

/** How far this user has come with tour and explanations; kept by the host, so that it outlives the window. */
export const useGuide = create<GuideState>(() => ({
  loaded: false,
  visited: null,
  unfolded: null,
  tour: { state: 'dismissed', stop: null },
  seen: [],
}));

export async function loadGuide(): Promise<void> {
  useGuide.setState({ ...(await call('app.guide', {})), loaded: true });
}

/** A preference that cannot be kept must not stop anybody: it then lasts as long as the window. */
function change(part: Partial<Guide>): void {
  useGuide.setState(part);
  const { tour, seen } = useGuide.getState();
  call('app.changeGuide', { tour, seen }).catch(() => undefined);
}

const goTo = (stop: TourStop) => change({ tour: { state: 'running', stop } });

/** The stop that the tour stands at or would go on at. */
export function tourStop({ tour }: Guide): TourStop {
  return isTourStop(tour.stop) ? tour.stop : TOUR_STOPS[0];
}

export const tour = {
  start: () => goTo(TOUR_STOPS[0]),
  resume: () => goTo(tourStop(useGuide.getState())),
  goTo,
  /** Goes on by so many stops; after the last the tour is finished. */
  move(by: 1 | -1): void {
    const next = TOUR_STOPS[TOUR_STOPS.indexOf(tourStop(useGuide.getState())) + by];
    if (next !== undefined) goTo(next);
    else if (by > 0) change({ tour: { state: 'finished', stop: null } });
  },
  leave: () => change({ tour: { state: 'left', stop: tourStop(useGuide.getState()) } }),
  dismiss: () => change({ tour: { state: 'dismissed', stop: null } }),
} as const;

/** Shows or folds what a step explains, for this visit. */
export function unfold(step: string | null): void {
  useGuide.setState({ unfolded: step });
}

/** Comes to a step: explained on the first visit, folded from then on. The tour says it in its own words, and two explanations at once
 *  would push the answer off the screen. */
function visit(place: Place): void {
  const { visited, seen, loaded, tour } = useGuide.getState();
  const step = place.type === 'step' ? `${place.stage}.${place.step}` : null;
  if (step === visited) return;
  const isNew = step !== null && loaded && !seen.includes(step) && tour.state !== 'running';
  useGuide.setState({ visited: step, unfolded: isNew ? step : null });
  if (isNew) change({ seen: [...seen, step] });
}

/** Follows the person from step to step until the returned function is called. */
export function followVisits(): () => void {
  return useNavigation.subscribe(({ place }) => visit(place));
}

export const forgetSeenSteps = () => change({ seen: [] });
