import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useInspector } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { ConfusionMatrix } from '../../../charts/ConfusionMatrix.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';

/** More classes than these do not fit a screen. */
const MOST_SHOWN = 14;
const PAIRS = 10;

/** Classes with most mistakes, as actual or as predicted, first. */
function worstClasses({ labels, counts }: RunRecord['test']['confusion']): readonly number[] {
  const mistakes = labels.map((_, index) => {
    const row = counts[index]?.reduce((sum, count, at) => sum + (at === index ? 0 : count), 0) ?? 0;
    const column = counts.reduce((sum, line, at) => sum + (at === index ? 0 : (line[index] ?? 0)), 0);
    return { index, mistakes: row + column };
  });
  return mistakes
    .sort((a, b) => b.mistakes - a.mistakes)
    .slice(0, MOST_SHOWN)
    .map(({ index }) => index);
}

/** What is taken for what: the largest mistakes as a list, and the matrix. Every count opens its texts. */
export function ConfusionPanel({ run }: { readonly run: RunRecord }) {
  const t = useT();
  const { confusion, mostConfused } = run.test;
  const shown = worstClasses(confusion);
  const label = (index: number) => confusion.labels[index] ?? '';
  return (
    <div className="confusion-panel">
      <section>
        <h3>{t('stage.competitiveness.screen.models.topConfused')}</h3>
        {mostConfused.length === 0 && <p className="muted">{t('stage.competitiveness.screen.models.confusedNone')}</p>}
        <ul className="lines" data-testid="competitiveness-most-confused">
          {mostConfused.slice(0, PAIRS).map(({ actual, predicted, rows }) => (
            <li key={`${actual} ${predicted}`}>
              <span className="lines-grow">
                {t('stage.competitiveness.screen.models.confusedPair', { actual, predicted })}
              </span>
              <EvidenceLink
                count={rows}
                evidence={{ type: 'confusion', runId: run.id, actual, predicted }}
                title={t('stage.competitiveness.screen.models.confusedPair', { actual, predicted })}
              />
            </li>
          ))}
        </ul>
      </section>
      <section>
        <p className="muted">
          {t('stage.competitiveness.screen.models.matrixShown', {
            shown: shown.length,
            total: confusion.labels.length,
          })}
        </p>
        <ConfusionMatrix
          labels={shown.map(label)}
          counts={shown.map((row) => shown.map((column) => confusion.counts[row]?.[column] ?? 0))}
          onOpen={(actual, predicted) =>
            useInspector.getState().showEvidence({
              title: t('stage.competitiveness.screen.models.confusedPair', { actual, predicted }),
              ref: { type: 'confusion', runId: run.id, actual, predicted },
            })
          }
        />
      </section>
    </div>
  );
}
