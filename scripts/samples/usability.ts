import { createRng } from '../../shared/rng.ts';
import type { SampleLanguage } from './compose.ts';
import { EXPERIMENT_WORDS, SUS_ITEMS } from './experiment-words.ts';

const PEOPLE_PER_SCREEN = 41;
/** Mean points (0–4, more is better) of an item on each screen, and how much each item departs from that. */
const MEAN_POINTS = { before: 2.3, after: 2.9 } as const;
const ITEM_SHIFT = [0.1, 0.2, 0.3, -0.4, 0, 0.1, 0.3, 0.1, 0, -0.6] as const;
/** Rows, counted over both screens, in which one item was left empty. */
const GAPS = [7, 55];

/** Ten statements answered 1–5 by other people before and after the screens were redone. */
export function makeUsability(language: SampleLanguage, seed: number) {
  const rng = createRng(seed);
  const words = EXPERIMENT_WORDS[language];
  const rows = (['before', 'after'] as const).flatMap((screen, block) =>
    Array.from({ length: PEOPLE_PER_SCREEN }, (_, person) => {
      const own = 0.5 * rng.normal();
      const answers = Array.from({ length: SUS_ITEMS }, (_, item) => {
        const points = Math.min(
          4,
          Math.max(0, Math.round(MEAN_POINTS[screen] + ITEM_SHIFT[item]! + own + 0.7 * rng.normal())),
        );
        return String(item % 2 === 0 ? points + 1 : 5 - points);
      });
      const place = block * PEOPLE_PER_SCREEN + person;
      if (GAPS.includes(place)) answers[place % SUS_ITEMS] = '';
      return [`P${String(place + 1).padStart(3, '0')}`, words.screens[screen], ...answers];
    }),
  );
  return {
    table: [[words.usabilityHeaders.person, words.usabilityHeaders.screen, ...words.susItems], ...rows],
    planted: {
      columns: { ...words.usabilityHeaders, items: words.susItems },
      screens: words.screens,
      rows: rows.length,
      incomplete: GAPS.map((place) => `P${String(place + 1).padStart(3, '0')}`),
      meanPoints: MEAN_POINTS,
      better: words.screens.after,
      hardest: words.susItems[9],
    },
  };
}
