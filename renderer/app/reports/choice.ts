import { create } from 'zustand';
import type { ReportChoice } from '../../../shared/contract/report.ts';
import { useSession } from '../session.ts';

/** What the next report is to hold; kept while the person looks elsewhere, and gone with the project. */
export interface ReportDraft extends Omit<ReportChoice, 'language' | 'comments'> {
  /** Null: the language of the screen. */
  readonly language: ReportChoice['language'] | null;
  readonly comments: readonly { readonly id: number; readonly section: string; readonly text: string }[];
}

const EMPTY: ReportDraft = { language: null, sections: null, title: '', author: '', comments: [], pdf: true };

export const useReportDraft = create<{ draft: ReportDraft; change(part: Partial<ReportDraft>): void }>((set) => ({
  draft: EMPTY,
  change: (part) => set(({ draft }) => ({ draft: { ...draft, ...part } })),
}));

// What was written about one customer must not stand in the report to another.
useSession.subscribe((now, before) => {
  if (now.projectId !== before.projectId) useReportDraft.setState({ draft: EMPTY });
});

/** The draft as a request; comments without words are left out. */
export function choiceOf(
  { comments, language, ...draft }: ReportDraft,
  screen: ReportChoice['language'],
): ReportChoice {
  return {
    ...draft,
    language: language ?? screen,
    comments: comments
      .filter(({ text }) => text.trim() !== '')
      .map(({ section, text }) => ({ section, text: text.trim() })),
  };
}
