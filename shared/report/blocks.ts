import type { ArtifactInfo } from '../contract/artifact.ts';

/** What a figure rests on; printed in one line below it. */
export interface Basis {
  /** Of how many, in words: `n = 2 160 texts`; null where nothing was counted. */
  readonly n: string | null;
  /** How the interval was made, or why there is none. */
  readonly interval: string;
  readonly method: string;
  /** The first is the one to which numbers lead that name no other. */
  readonly sources: readonly [ArtifactInfo, ...ArtifactInfo[]];
}

/** A number as it is printed, with the raw value that stands in the artifact. */
export interface NumberCell {
  readonly value: number | null;
  readonly text: string;
  /** `[low, high]` in the unit of the text. */
  readonly interval?: string;
  /** The same as it stands in the artifact. */
  readonly bounds?: readonly [number, number];
  /** Length of a bar behind the number, 0–1. */
  readonly bar?: number;
  /** Where it comes from, if not from the first source of the figure. */
  readonly source?: ArtifactInfo;
}
export interface TagCell {
  readonly tag: string;
  readonly tone: 'good' | 'attention' | 'failed' | 'plain';
}
export type Cell = string | NumberCell | TagCell;

/** A sentence that answers; without a source it says what is missing. */
export interface AnswerItem {
  readonly text: string;
  readonly source: ArtifactInfo | null;
}

export interface Column {
  readonly title: string;
  readonly align?: 'right';
}

export type Block =
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'answer'; readonly items: readonly AnswerItem[] }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'note'; readonly tone: 'plain' | 'attention' | 'missing'; readonly text: string }
  | { readonly type: 'comment'; readonly text: string; readonly author: string }
  | {
      readonly type: 'table';
      readonly caption: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
      readonly basis: Basis;
    }
  | { readonly type: 'chart'; readonly caption: string; readonly svg: string; readonly basis: Basis }
  | {
      readonly type: 'quotes';
      readonly caption: string;
      readonly quotes: readonly { readonly text: string; readonly source: string }[];
      readonly basis: Basis;
    }
  | {
      readonly type: 'facts';
      readonly items: readonly { readonly name: string; readonly value: Cell }[];
      readonly basis: Basis;
    };

export interface SectionDocument {
  /** `stage.step` */
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly state: 'full' | 'partial' | 'missing';
  readonly blocks: readonly Block[];
}

export function isFigure(block: Block): block is Extract<Block, { basis: Basis }> {
  return 'basis' in block;
}
