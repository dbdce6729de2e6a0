export const INTENTS = [
  'explain-decline',
  'score-wrong',
  'approval-progress',
  'limit-change',
  'document-upload',
  'data-privacy',
  'interface-integration',
  'fees',
  'response-speed',
  'human-handover',
] as const;
export type Intent = (typeof INTENTS)[number];

/** Who writes: the bank's customers, or its own staff (credit officers, branch and IT people). */
export type Author = 'customer' | 'staff';

/** Clauses of one intent. `[a|b|]` is a choice (the empty one leaves it out), `{name}` a slot. */
export interface IntentPhrases extends Readonly<Record<Author, readonly string[]>> {
  /** What customers add, and what they ask for; staff have theirs in common (`staffDetails`, `staffAsks`). */
  readonly details: readonly string[];
  readonly asks: readonly string[];
}

export interface LanguagePhrases {
  readonly slots: Readonly<Record<string, readonly string[]>>;
  readonly openers: readonly string[];
  readonly closers: readonly string[];
  readonly staffDetails: readonly string[];
  readonly staffAsks: readonly string[];
  /** Whole words and what a hasty writer makes of them. */
  readonly typos: readonly (readonly [string, string])[];
  readonly intents: Readonly<Record<Intent, IntentPhrases>>;
}
