export interface TopicTerm {
  readonly term: string;
  readonly weight: number;
}

/** Terms that set each class of texts apart: tf(term, class) · ln(1 + A / f(term)), where tf is the term's share of the
 *  words of the class, A the mean number of words per class and f the term's count over all classes. Rows of class −1 are
 *  left out. The `count` highest per class, ties by code unit order; classes without words get none.
 *  @source Grootendorst 2022, class-based TF-IDF */
export function classTfidf(
  documents: readonly (readonly string[])[],
  classOf: ArrayLike<number>,
  classes: number,
  count: number,
): readonly (readonly TopicTerm[])[] {
  const inClass = Array.from({ length: classes }, () => new Map<string, number>());
  const overall = new Map<string, number>();
  const words = new Float64Array(classes);
  let total = 0;
  documents.forEach((tokens, row) => {
    const c = classOf[row]!;
    if (c < 0) return;
    for (const token of tokens) {
      inClass[c]!.set(token, (inClass[c]!.get(token) ?? 0) + 1);
      overall.set(token, (overall.get(token) ?? 0) + 1);
    }
    words[c]! += tokens.length;
    total += tokens.length;
  });
  const meanWords = total / classes;
  return inClass.map((terms, c) =>
    [...terms]
      .map(([term, n]) => ({ term, weight: (n / words[c]!) * Math.log(1 + meanWords / overall.get(term)!) }))
      .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
      .slice(0, count),
  );
}
