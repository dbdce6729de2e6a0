import { useT } from './language.ts';
import { useSession } from './session.ts';

/** Says on every page that nothing can be changed, why, and what to do. */
export function ReadOnlyBanner() {
  const t = useT();
  const reason = useSession((state) => state.overview?.project.readOnly ?? null);
  if (reason === null) return null;
  return (
    <div className="notice notice-attention" role="status" data-testid="read-only" data-reason={reason}>
      <span>
        <strong>▲ {t('file.readOnly.title')}</strong> {t(`file.readOnly.${reason}`)}
      </span>
    </div>
  );
}
