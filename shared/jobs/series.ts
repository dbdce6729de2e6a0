/** A curve with new points at its end. A training that goes on tells again of updates since its checkpoint, or of all: the newer points stand. */
export function joinByStep<P extends { readonly step: number }>(before: readonly P[], added: readonly P[]): P[] {
  const first = added[0]?.step;
  if (first === undefined) return [...before];
  return [...before.filter(({ step }) => step < first), ...added];
}
