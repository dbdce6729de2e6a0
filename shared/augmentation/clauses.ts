import { type Rng, shuffle } from '../rng.ts';

/** Clauses of a text in another order; each keeps its words, and the marks between them stay where they were. Null with fewer than two clauses. */
export function reorderClauses(text: string, rng: Rng): string | null {
  const pieces = text.split(/([，,；;。！？!?]+\s*|\.\s+)/u);
  const clauses = pieces.filter((piece, i) => i % 2 === 0 && piece.trim() !== '');
  if (clauses.length < 2) return null;
  const order = shuffle([...clauses], rng);
  let next = 0;
  return pieces.map((piece, i) => (i % 2 === 0 && piece.trim() !== '' ? order[next++]! : piece)).join('');
}
