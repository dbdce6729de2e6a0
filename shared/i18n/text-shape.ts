/** The same keys with any texts: what a translation must have. */
export type TextShape<T> = { readonly [K in keyof T]: T[K] extends string ? string : TextShape<T[K]> };

/** Dotted paths to all texts of a tree; a key may itself contain dots. */
export type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

type TextTree = { readonly [key: string]: string | TextTree };

/** What every stage's texts hold: its name, one sentence of what it is, and title and reading line of each step. */
export interface StageTexts<Steps extends readonly string[]> {
  readonly name: string;
  readonly about: string;
  readonly step: { readonly [S in Steps[number]]: { readonly title: string; readonly lead: string } };
  /** Captions of the figures on the project map. */
  readonly figure: Readonly<Record<string, string>>;
  /** Suggestions of what to do next, by the id that the engine gives. */
  readonly next: Readonly<Record<string, string>>;
  /** Names of its artifacts by the part of the kind after the dot. */
  readonly artifact: Readonly<Record<string, string>>;
  /** Texts of its own screens. */
  readonly screen?: TextTree;
}
