import { type ReactNode, useState } from 'react';
import { useT } from '../app/language.ts';
import { type ChartTable, cellText, chartCsv, filledColumns } from './chart-table.ts';

interface Props {
  /** What the chart shows, with its unit. */
  readonly label: string;
  readonly table: ChartTable;
  /** The drawing. */
  readonly children: ReactNode;
}

/** A chart with its name, and the same numbers as a table to read or to copy. */
export function ChartFigure({ label, table, children }: Props) {
  const t = useT();
  const [asTable, setAsTable] = useState(false);
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(chartCsv(filledColumns(table))).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <figure className="chart-figure" aria-label={label} data-testid="chart-figure">
      {asTable ? <Numbers label={label} table={table} /> : children}
      <div className="chart-tools">
        {asTable && (
          <button type="button" className="link" onClick={() => void copy()} data-testid="chart-copy">
            {t('chart.copy')}
          </button>
        )}
        <span role="status">{asTable && copied ? t('chart.copied') : ''}</span>
        <button
          type="button"
          className="link"
          onClick={() => {
            setAsTable(!asTable);
            setCopied(false);
          }}
          data-testid="chart-as-table"
        >
          {t(asTable ? 'chart.asChart' : 'chart.asTable')}
          <span className="visually-hidden">: {label}</span>
        </button>
      </div>
    </figure>
  );
}

function Numbers({ label, table }: Omit<Props, 'children'>) {
  const { columns, rows } = filledColumns(table);
  const isNumber = columns.map((_, at) => rows.some((row) => typeof row[at] === 'number'));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled by keyboard too.
    <section className="chart-table" tabIndex={0} aria-label={label}>
      <table className="plain-table">
        <thead>
          <tr>
            {columns.map(({ name }, at) => (
              <th
                key={name}
                scope="col"
                className={isNumber[at] ? 'chart-table-head chart-table-number' : 'chart-table-head'}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows stand in the order of the chart and have no names of their own.
            <tr key={index}>
              {columns.map((column, at) => (
                <td key={column.name} className={isNumber[at] ? 'number chart-table-number' : ''}>
                  {cellText(column, row[at] ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
