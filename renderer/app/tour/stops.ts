import type { TourStop } from '../../../shared/help/tour.ts';
import type { Place } from '../navigation.ts';

interface Stop {
  readonly place: Place;
  /** Selectors of what the stop points at; the first that is on the screen. A later one serves while a result is not there yet. */
  readonly targets: readonly [string, ...string[]];
}

const id = (name: string) => `[data-testid="${name}"]`;
const step = <S extends Extract<Place, { type: 'step' }>['stage']>(stage: S, name: string): Place => ({
  type: 'step',
  stage,
  step: name,
});
/** What every step shows, whether it has a result or not. */
const title = (stage: string, name: string) => `${id(`step-${stage}-${name}`)} .page-header`;

const firstNeed = `${id('demand-needs-table')} .inspected`;

/** Where each stop is and what it points at. */
export const STOPS: { readonly [S in TourStop]: Stop } = {
  start: { place: { type: 'home' }, targets: [id('open-sample')] },
  map: { place: { type: 'map' }, targets: [id('stage-cards')] },
  import: { place: step('demand', 'import'), targets: [id('demand-datasets')] },
  clean: { place: step('demand', 'clean'), targets: [id('demand-clean-steps')] },
  topics: { place: step('demand', 'topics'), targets: [id('demand-topics-table'), title('demand', 'topics')] },
  drivers: { place: step('demand', 'drivers'), targets: [id('demand-drivers-table'), title('demand', 'drivers')] },
  needs: { place: step('demand', 'needs'), targets: [id('demand-needs-result'), title('demand', 'needs')] },
  interval: { place: step('demand', 'needs'), targets: [id('demand-needs-table'), title('demand', 'needs')] },
  open: { place: step('demand', 'needs'), targets: [firstNeed, title('demand', 'needs')] },
  rows: { place: step('demand', 'needs'), targets: [id('inspector'), title('demand', 'needs')] },
  locked: {
    place: step('competitiveness', 'data'),
    targets: [id('competitiveness-data-summary'), title('competitiveness', 'data')],
  },
  floors: {
    place: step('competitiveness', 'models'),
    targets: [id('competitiveness-models-floors-card'), title('competitiveness', 'models')],
  },
  train: { place: step('competitiveness', 'models'), targets: [id('competitiveness-models-new-run')] },
  read: {
    place: step('competitiveness', 'models'),
    targets: [
      `${id('competitiveness-models-runs')}:has(table)`,
      id('job-curves'),
      id('competitiveness-models-queue'),
      id('competitiveness-models-runs'),
      title('competitiveness', 'models'),
    ],
  },
  strategy: {
    place: step('competitiveness', 'strategy'),
    targets: [id('competitiveness-strategy-answer'), title('competitiveness', 'strategy')],
  },
  rest: { place: { type: 'map' }, targets: [id('sample-rest'), id('stage-cards')] },
  adaptation: {
    place: step('adaptation', 'matrix'),
    targets: [id('adaptation-matrix'), title('adaptation', 'matrix')],
  },
  landing: { place: step('landing', 'pilot'), targets: [id('landing-verdict'), title('landing', 'pilot')] },
  service: {
    place: step('service', 'improvement'),
    targets: [id('service-backlog'), title('service', 'improvement')],
  },
  report: { place: { type: 'reports' }, targets: [id('report-build')] },
  end: { place: { type: 'map' }, targets: [id('rail-help')] },
};

/** Opens a number of the answer where none is open, for a stop about what lies behind it. */
export function openFirstNumber(): void {
  document.querySelector<HTMLElement>(firstNeed)?.click();
}
