import { useT } from '../app/language.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import type { ViewState } from './use-view.ts';

/** A failed or long-awaited view, said where its answer would stand. */
export function ViewNotice({ view }: { readonly view: ViewState<unknown> }) {
  const t = useT();
  if (view.error !== null) return <ErrorNotice error={view.error} onRetry={view.refresh} />;
  if (view.value === undefined && view.slow)
    return (
      <p className="muted view-loading" role="status">
        {t('load.slow')}
      </p>
    );
  return null;
}
