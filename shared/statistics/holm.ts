/** Holm's step-down adjusted p values in the order given: the chance of any false finding among them is kept at the level.
 *  Null stays null and does not count as a test.   @source Holm 1979; as statsmodels multipletests('holm') */
export function holmAdjusted(pValues: readonly (number | null)[]): (number | null)[] {
  const tested = pValues.flatMap((p, at) => (p === null ? [] : [{ p, at }])).sort((a, b) => a.p - b.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  tested.forEach(({ p, at }, rank) => {
    largest = Math.max(largest, Math.min(1, (tested.length - rank) * p));
    adjusted[at] = largest;
  });
  return adjusted;
}
