import type { SusReading } from './results.ts';

/** Mean score of published studies: half lie below it.   @source Sauro 2011, "A practical guide to the SUS" */
export const SUS_AVERAGE = 68;

/** Least mean of a grade and the percentiles that it stands for. */
const GRADES: readonly (readonly [number, SusReading['grade'], number, number])[] = [
  [84.1, 'A+', 96, 100],
  [80.8, 'A', 90, 95],
  [78.9, 'A-', 85, 89],
  [77.2, 'B+', 80, 84],
  [74.1, 'B', 70, 79],
  [72.6, 'B-', 65, 69],
  [71.1, 'C+', 60, 64],
  [65, 'C', 41, 59],
  [62.7, 'C-', 35, 40],
  [51.7, 'D', 15, 34],
  [0, 'F', 0, 14],
];

/** Grade of a mean score (0–100), rounded to one decimal as the published bounds are.
 *  @source curved grading scale, Sauro and Lewis 2016, "Quantifying the User Experience", second edition, table 8.5 */
export function susReading(mean: number): SusReading {
  const rounded = Math.round(mean * 10) / 10;
  const [, grade, percentileLow, percentileHigh] = GRADES.find(([least]) => rounded >= least) ?? GRADES.at(-1)!;
  return { grade, percentileLow, percentileHigh };
}
