/** The names nearest to a word, nearest first: by the edits that make it the whole name or the part behind its last dot, whichever are fewer. */
export function nearNames(word: string, names: readonly string[], most: number): readonly string[] {
  const partOf = (name: string) => name.slice(name.lastIndexOf('.') + 1);
  const edits = (name: string) => Math.min(editDistance(word, name), editDistance(partOf(word), partOf(name)) + 0.5);
  return names
    .map((name) => ({ name, distance: edits(name) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Fewest insertions, deletions and replacements of UTF-16 units that make one string the other. @source Levenshtein 1966 */
export function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const own = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      own.push(Math.min(replaced, above[column]! + 1, own[column - 1]! + 1));
    }
    above = own;
  }
  return above[b.length]!;
}
