import type { ReactNode } from 'react';
import { Fragment } from 'react';

/** Shows the Markdown that this product writes itself: headings, paragraphs, lists, tables, bold and code. Nothing in it becomes HTML. */
export function MarkdownText({ text, testId }: { readonly text: string; readonly testId?: string }) {
  const blocks = text.trim().split(/\n{2,}/);
  return (
    <div className="markdown" data-testid={testId}>
      {blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one text have no other name
        <Fragment key={at}>{blockOf(block)}</Fragment>
      ))}
    </div>
  );
}

function blockOf(block: string): ReactNode {
  const lines = block.split('\n');
  const heading = /^(#{1,3}) (.*)$/.exec(block);
  if (heading !== null) {
    const level = heading[1]?.length ?? 1;
    if (level === 1) return <h3>{inline(heading[2] ?? '')}</h3>;
    return level === 2 ? <h4>{inline(heading[2] ?? '')}</h4> : <h5>{inline(heading[2] ?? '')}</h5>;
  }
  if (lines.every((line) => line.startsWith('| '))) return tableOf(lines);
  if (lines.every((line) => line.startsWith('- '))) {
    return (
      <ul>
        {lines.map((line) => (
          <li key={line}>{inline(line.slice(2))}</li>
        ))}
      </ul>
    );
  }
  return <p>{inline(block)}</p>;
}

function tableOf([head = '', , ...rows]: readonly string[]): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div className="table-scroll" tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            {cellsOf(head).map((cell) => (
              <th key={cell} scope="col">
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              {cellsOf(row).map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <td key={at}>{inline(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellsOf(line: string): readonly string[] {
  return line
    .slice(2, -2)
    .split(/(?<!\\) \| /)
    .map((cell) => cell.trim());
}

/** Bold, code and signs that stand for themselves. */
function inline(text: string): ReactNode {
  return text.split(/(\*\*.+?\*\*|`[^`]+`)/).map((part, at) => {
    const key = `${at}${part}`;
    if (part.startsWith('**') && part.endsWith('**') && part.length > 4)
      return <strong key={key}>{plain(part.slice(2, -2))}</strong>;
    if (part.startsWith('`') && part.endsWith('`') && part.length > 2)
      return <code key={key}>{part.slice(1, -1)}</code>;
    return plain(part);
  });
}

function plain(text: string): string {
  return text.replace(/\\([\\`*_{}[\]<>#|~])/g, '$1');
}
