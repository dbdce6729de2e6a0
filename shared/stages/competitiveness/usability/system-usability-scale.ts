/** Score 0–100 of ten answers 1–5 (odd items worded positively, even ones negatively): odd items give answer − 1, even ones 5 − answer, the
 *  sum times 2.5. Null where there are not ten answers or one is not a whole number 1–5.   @source Brooke 1996, "SUS: a quick and dirty
 *  usability scale" */
export function systemUsabilityScore(answers: readonly (number | null)[]): number | null {
  const points = answers.map((answer, index) => susPoints(answer, index));
  if (points.length !== 10 || points.some((point) => point === null)) return null;
  return points.reduce((sum: number, point) => sum + point!, 0) * 2.5;
}

/** What one item adds, 0–4 with more better; `index` from 0. */
export function susPoints(answer: number | null, index: number): number | null {
  if (answer === null || !Number.isInteger(answer) || answer < 1 || answer > 5) return null;
  return index % 2 === 0 ? answer - 1 : 5 - answer;
}
