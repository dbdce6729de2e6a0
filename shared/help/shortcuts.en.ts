import type { TextShape } from '../i18n/text-shape.ts';
import type { shortcutTextsZhCN } from './shortcuts.zh-CN.ts';

export const shortcutTextsEn: TextShape<typeof shortcutTextsZhCN> = {
  title: 'Keyboard shortcuts',
  about: 'Everything can be done with the keyboard alone: Tab reaches it, Enter or Space does it.',
  list: {
    palette: 'Search and commands',
    help: 'This list',
    undo: 'Undo the last change',
    redo: 'Redo',
    nextStep: 'Next step, across stages',
    previousStep: 'Previous step, across stages',
    inspector: 'Fold or unfold the panel at the right',
    region: 'Move between navigation, content, panel and tour',
    rows: 'Move up or down a column of a table',
    escape: 'Close drawers and overlays, or leave the tour',
  },
};
