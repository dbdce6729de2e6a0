import { formatNumber, formatShare } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';

interface Props {
  readonly labels: readonly string[];
  /** Counts, row = actual, column = predicted. */
  readonly counts: readonly (readonly number[])[];
  /** Opens the rows of a cell. */
  readonly onOpen: (actual: string, predicted: string) => void;
}

/** Shade of a cell by its share of its row, in five steps of one hue; mistakes in another. */
function shade(share: number, isRight: boolean): { background: string; color: string } {
  const strength = share === 0 ? 0 : Math.max(12, Math.round(share * 5) * 20);
  const hue = isRight ? 'var(--accentMid)' : 'var(--failed)';
  return {
    background: `color-mix(in srgb, ${hue} ${isRight ? strength : Math.min(70, strength)}%, var(--surface))`,
    color: strength >= 60 && isRight ? '#ffffff' : 'inherit',
  };
}

/** Actual against predicted classes. Every filled cell opens the rows that it counts. */
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
                    <td key={predicted} className="number" style={shade(share, row === column)}>
                      {count === 0 ? (
                        <span className="faint">·</span>
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
