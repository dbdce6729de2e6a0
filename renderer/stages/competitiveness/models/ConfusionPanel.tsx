import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useInspector } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { ConfusionMatrix } from '../../../charts/ConfusionMatrix.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { worstClasses } from './worst-classes.ts';

/** More classes than these do not fit a screen. */
const MOST_SHOWN = 14;
const PAIRS = 10;

/** What is taken for what: the largest mistakes as a list, and the matrix. Every count opens its texts. */
export function ConfusionPanel({ run }: { readonly run: RunRecord }) {
  const t = useT();
  const { confusion, mostConfused } = run.test;
  const shown = worstClasses(confusion.counts, MOST_SHOWN);
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
