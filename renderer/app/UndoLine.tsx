import type { Undoable } from '../../shared/contract/project.ts';
import { errorText } from '../../shared/i18n/error-text.ts';
import type { Translate } from '../../shared/i18n/translate.ts';
import { slotName } from '../components/artifact-name.ts';
import { useT } from './language.ts';
import { modifierName } from './platform.ts';
import { redoLast, showUndoNews, type UndoNews, undoLast, useUndo } from './undo.ts';

/** What a change was, in words, with the first thing that it touched. */
function whatText(t: Translate, { request, slots }: Undoable): string {
  const what = t(`undo.request.${request}`);
  const [first] = slots;
  return first?.includes(':') === true ? t('undo.what', { what, slot: slotName(t, first) }) : what;
}

function newsText(t: Translate, news: UndoNews): string {
  switch (news.type) {
    case 'none':
    case 'noneRedo':
      return t(`undo.${news.type}`);
    case 'failed':
      return errorText(t, news.error).message;
    default:
      return t(`undo.${news.type}`, { what: whatText(t, news.entry) });
  }
}

/** In the bottom bar, so that it covers nothing: the latest change, and its undo. */
export function UndoLine() {
  const t = useT();
  const news = useUndo((state) => state.news);
  return (
    <span className="undo-line" role="status" data-testid="undo-line" data-news={news?.type}>
      {news !== null && (
        <>
          <span className={news.type === 'failed' ? 'tone-failed undo-words' : 'undo-words'}>{newsText(t, news)}</span>
          {(news.type === 'done' || news.type === 'redone') && (
            <button type="button" className="link" onClick={undoLast} data-testid="undo">
              {t('undo.undo')} <kbd>{modifierName} Z</kbd>
            </button>
          )}
          {news.type === 'undone' && (
            <button type="button" className="link" onClick={redoLast} data-testid="redo">
              {t('undo.redo')} <kbd>{modifierName} ⇧ Z</kbd>
            </button>
          )}
          <button type="button" className="link" aria-label={t('undo.close')} onClick={() => showUndoNews(null)}>
            ✕
          </button>
        </>
      )}
    </span>
  );
}
