import { useT } from './language.ts';

/** The first stop of Tab: past bar and rail, to what the page is about. */
export function SkipLink() {
  const t = useT();
  return (
    <button
      type="button"
      className="skip-link"
      onClick={() => document.querySelector<HTMLElement>('main')?.focus()}
      data-testid="skip"
    >
      {t('help.skip')}
    </button>
  );
}
