import type { TourStop } from '../../../shared/help/tour.ts';
import { useInspector } from '../inspector.ts';
import { useSession } from '../session.ts';

/** Whether what a stop asks for was done; false where it cannot be told. */
export function useDone(stop: TourStop): boolean {
  const { selected, evidence } = useInspector();
  const { overview, jobs } = useSession();
  switch (stop) {
    case 'start':
      return overview?.project.sample === true;
    case 'map':
    case 'open':
      return selected !== null;
    case 'import':
    case 'clean':
    case 'topics':
    case 'rows':
      return evidence !== null;
    case 'train':
      return Object.values(jobs).some(({ kind }) => kind === 'competitiveness.run');
    case 'strategy':
      return (
        overview?.stages
          .find(({ id }) => id === 'competitiveness')
          ?.steps.some(({ id, status }) => id === 'strategy' && status === 'done') === true
      );
    default:
      return false;
  }
}
