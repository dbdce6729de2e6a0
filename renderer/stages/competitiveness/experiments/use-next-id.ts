import { useSession } from '../../../app/session.ts';

/** The id that the next new artifact of a numbered kind gets: one more than any job ever filled, as the engine counts. */
export function useNextId(kind: 'competitiveness.experiment' | 'competitiveness.usability', prefix: 'E' | 'U'): string {
  return useSession((state) => {
    const numbers = Object.values(state.jobs)
      .filter(({ slot }) => slot.startsWith(`${kind}:${prefix}`))
      .map(({ slot }) => Number(slot.slice(kind.length + 2)));
    return `${prefix}${Math.max(0, ...numbers) + 1}`;
  });
}
