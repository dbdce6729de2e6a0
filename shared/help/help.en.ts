import type { TextShape } from '../i18n/text-shape.ts';
import type { helpTextsZhCN } from './help.zh-CN.ts';

export const helpTextsEn: TextShape<typeof helpTextsZhCN> = {
  title: 'Help',
  lead: 'Tour, shortcuts and glossary. All of it comes with the program; nothing is fetched.',
  back: 'Back to the start page',
  skip: 'Skip to the main content',
  guide: {
    open: 'What this step does, and why',
    what: 'What',
    why: 'Why',
    formula: 'How it is computed',
    read: 'How to read it',
  },
  steps: 'What each step does',
  stepsAbout: 'Below the title of every step is a line that unfolds: open on your first visit, folded from then on.',
  stepsUnfold: 'Unfold all again',
  stepsUnfolded: 'Done: each step shows its explanation when you next open it',
  glossary: {
    title: 'Glossary',
    lead: 'Words with a dotted line are explained here: a plain sentence, the formula, and the step that uses it.',
    search: 'Find a word',
    none: 'Nothing found for “{text}”. Try another word, or clear it to see all {count} words.',
    formula: 'Formula',
    where: 'Used in',
    count: '{count} {count, plural:word|words}',
    open: 'Open the glossary',
    more: 'Click for the glossary',
  },
};
