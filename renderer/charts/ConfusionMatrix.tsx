import { formatNumber, formatShare } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { heatShade } from './heat.ts';

interface Props {
  readonly labels: readonly string[];
  /** Counts, row = actual, column = predicted. */
  readonly counts: readonly (readonly number[])[];
  /** Opens the rows of a cell; cells open nothing where left out. */
  readonly onOpen?: (actual: string, predicted: string) => void;
}

/** Actual against predicted classes. A filled cell opens the rows that it counts. */
export function ConfusionMatrix({ labels, counts, onOpen }: Props) {
  const t = useT();
  return (
    <div className="confusion-scroll">
      <table className="confusion" data-testid="confusion-matrix">
        <thead>
          <tr>
            <th scope="col">
              {t('chart.actual')} ↓ {t('chart.predicted')} →
            </th>
            {labels.map((label) => (
              <th key={label} scope="col" title={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((actual, row) => {
            const total = (counts[row] ?? []).reduce((sum, count) => sum + count, 0);
            return (
              <tr key={actual}>
                <th scope="row" title={actual}>
                  {actual}
                </th>
                {labels.map((predicted, column) => {
                  const count = counts[row]?.[column] ?? 0;
                  const share = total === 0 ? 0 : count / total;
                  const words = `${t('chart.cell', { actual, predicted, count })} · ${t('chart.share', { share: formatShare(share) })}`;
                  return (
                    <td
                      key={predicted}
                      className="number"
                      style={heatShade(share, row === column ? 'accent' : 'failed')}
                    >
                      {count === 0 ? (
                        <span className="faint">·</span>
                      ) : onOpen === undefined ? (
                        <span title={words}>{formatNumber(count)}</span>
                      ) : (
                        <button
                          type="button"
                          title={words}
                          aria-label={words}
                          onClick={() => onOpen(actual, predicted)}
                        >
                          {formatNumber(count)}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
