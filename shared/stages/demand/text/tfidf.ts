import { AppError } from '../../../errors/app-error.ts';
import { type SparseRows, sparseFromMaps } from '../../../linear-algebra/sparse.ts';

export interface TfidfOptions {
  /** Terms in fewer documents are left out. */
  readonly minDocuments: number;
  /** Terms in a larger share of the documents are left out. */
  readonly maxDocumentShare: number;
  /** The most frequent terms are kept (ties: by code unit order); null keeps all. */
  readonly maxTerms: number | null;
  /** Term frequency as 1 + ln(count). */
  readonly sublinear: boolean;
  /** Terms are runs of 1 … n tokens joined by a blank. */
  readonly maxGram: number;
}

export const DEFAULT_TFIDF: TfidfOptions = {
  minDocuments: 1,
  maxDocumentShare: 1,
  maxTerms: null,
  sublinear: false,
  maxGram: 1,
};

export interface TfidfModel {
  readonly options: TfidfOptions;
  /** Column → term, in code unit order. */
  readonly terms: readonly string[];
  /** Column → ln((1 + documents) / (1 + documents with the term)) + 1. */
  readonly idf: Float64Array;
}

/** Runs of 1 … `maxGram` tokens, joined by a blank. */
export function tokenGrams(tokens: readonly string[], maxGram: number): readonly string[] {
  if (maxGram === 1) return tokens;
  const grams = [...tokens];
  for (let size = 2; size <= maxGram; size++)
    for (let i = 0; i + size <= tokens.length; i++) grams.push(tokens.slice(i, i + size).join(' '));
  return grams;
}

/** Vocabulary and smooth inverse document frequencies of tokenised documents.
 *  @throws AppError 'stats.empty' when no term is left   @source scikit-learn TfidfVectorizer, smooth_idf */
export function fitTfidf(documents: readonly (readonly string[])[], options: TfidfOptions = DEFAULT_TFIDF): TfidfModel {
  const documentCount = new Map<string, number>();
  const termCount = new Map<string, number>();
  for (const tokens of documents) {
    const grams = tokenGrams(tokens, options.maxGram);
    for (const gram of grams) termCount.set(gram, (termCount.get(gram) ?? 0) + 1);
    for (const gram of new Set(grams)) documentCount.set(gram, (documentCount.get(gram) ?? 0) + 1);
  }
  const most = options.maxDocumentShare * documents.length;
  let terms = [...documentCount.keys()].filter((term) => {
    const count = documentCount.get(term)!;
    return count >= options.minDocuments && count <= most;
  });
  terms.sort(byCodeUnit);
  if (options.maxTerms !== null && terms.length > options.maxTerms) {
    terms = [...terms].sort((a, b) => termCount.get(b)! - termCount.get(a)!).slice(0, options.maxTerms);
    terms.sort(byCodeUnit);
  }
  if (terms.length === 0) throw new AppError('stats.empty', { what: 'vocabulary' });
  const n = documents.length;
  const idf = Float64Array.from(terms, (term) => Math.log((1 + n) / (1 + documentCount.get(term)!)) + 1);
  return { options, terms, idf };
}

/** TF-IDF rows of length 1 (a document without known terms is a zero row). */
export function transformTfidf(model: TfidfModel, documents: readonly (readonly string[])[]): SparseRows {
  const columnOf = new Map(model.terms.map((term, column) => [term, column]));
  const maps = documents.map((tokens) => {
    const row = new Map<number, number>();
    for (const gram of tokenGrams(tokens, model.options.maxGram)) {
      const column = columnOf.get(gram);
      if (column !== undefined) row.set(column, (row.get(column) ?? 0) + 1);
    }
    let squares = 0;
    for (const [column, count] of row) {
      const weight = (model.options.sublinear ? 1 + Math.log(count) : count) * model.idf[column]!;
      row.set(column, weight);
      squares += weight * weight;
    }
    const norm = Math.sqrt(squares);
    for (const [column, weight] of row) row.set(column, weight / norm);
    return row;
  });
  return sparseFromMaps(maps, model.terms.length);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
