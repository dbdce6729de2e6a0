/** Indices of the classes with most mistakes, as actual or as predicted, most first; ties in the order of the classes.
 *  @param counts counts[actual][predicted] */
export function worstClasses(counts: readonly (readonly number[])[], most: number): readonly number[] {
  const mistakes = counts.map((row, index) => {
    const missed = row.reduce((sum, count, at) => sum + (at === index ? 0 : count), 0);
    const wrongly = counts.reduce((sum, line, at) => sum + (at === index ? 0 : (line[index] ?? 0)), 0);
    return { index, mistakes: missed + wrongly };
  });
  return mistakes
    .sort((a, b) => b.mistakes - a.mistakes)
    .slice(0, most)
    .map(({ index }) => index);
}
