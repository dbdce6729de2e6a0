import type { Problems } from '../../../../shared/stages/demand/import/import-options.ts';
import { useT } from '../../../app/language.ts';

const SHOWN = 5;

/** Rows of the file that were not clean, the first of them in words. */
export function ProblemList({ problems }: { readonly problems: Problems }) {
  const t = useT();
  const more = problems.total - Math.min(SHOWN, problems.first.length);
  return (
    <details className="problems" data-testid="demand-import-problems">
      <summary className="tone-attention">
        ▲ {t('stage.demand.screen.import.problems', { count: problems.total })}
      </summary>
      <ul>
        {problems.first.slice(0, SHOWN).map(({ record, kind, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record may have the same problem twice, and the list never changes.
          <li key={index}>{t(`stage.demand.screen.problem.${kind}`, { record: String(record), detail })}</li>
        ))}
        {more > 0 && <li className="muted">{t('stage.demand.screen.import.moreProblems', { count: more })}</li>}
      </ul>
    </details>
  );
}
