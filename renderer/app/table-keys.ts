const FOCUSABLE =
  'button:not(:disabled), a[href], [tabindex]:not([tabindex="-1"]), input[type="checkbox"]:not(:disabled)';

const reachable = (cell: Element | undefined) => cell?.querySelector<HTMLElement>(FOCUSABLE) ?? null;

/** Moves the focus from something in a table's cell to the same column of the row above or below that has something to reach, or to the
 *  first or last such row. False where the key is none of these, or nothing is there. */
export function moveInTable(target: HTMLElement, key: string): boolean {
  const cell = target.closest('td');
  const row = cell?.parentElement;
  const body = row?.parentElement;
  if (cell === null || cell === undefined || row === null || row === undefined || body?.tagName !== 'TBODY')
    return false;
  const column = [...row.children].indexOf(cell);
  const rows = [...body.children];
  const at = rows.indexOf(row);
  const candidates =
    key === 'ArrowDown'
      ? rows.slice(at + 1)
      : key === 'ArrowUp'
        ? rows.slice(0, at).reverse()
        : key === 'Home'
          ? rows
          : key === 'End'
            ? [...rows].reverse()
            : [];
  for (const candidate of candidates) {
    const found = reachable(candidate.children[column]);
    if (found === null) continue;
    found.focus();
    found.scrollIntoView({ block: 'nearest' });
    return true;
  }
  return false;
}
