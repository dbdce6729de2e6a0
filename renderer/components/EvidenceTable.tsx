import { Input } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import type { EvidenceRef, EvidenceRow, RowOrder } from '../../shared/contract/evidence.ts';
import { noteText } from '../../shared/i18n/note-text.ts';
import { formatNumber } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { EmptyState } from './EmptyState.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { visibleRange } from './row-window.ts';
import { useEvidence } from './use-evidence.ts';

const ROW_HEIGHT = 44;
const MARGIN_ROWS = 8;
const FILTER_AFTER_MS = 250;

interface Props {
  readonly evidence: EvidenceRef;
  /** Height of the scrolled part in pixels; the parent's height where left out. */
  readonly height?: number;
  /** Zero-based position to open the list at, with its whole row. */
  readonly startAt?: number;
}

/** The text of a row; its filled cells where no column is text. */
export function rowText(row: EvidenceRow): string {
  if (row.text !== null) return row.text;
  return row.cells
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `${name} ${value}`)
    .join(' · ');
}

interface SortHeadProps {
  readonly by: RowOrder['by'];
  readonly order: RowOrder | null;
  readonly onOrder: (order: RowOrder | null) => void;
}

/** The head of a column: up, down, and back to the order in which the number counts its rows. */
function SortHead({ by, order, onOrder }: SortHeadProps) {
  const t = useT();
  const own = order?.by === by ? order : null;
  const name = t(`evidence.${by}`);
  const state = own === null ? 'none' : own.descending ? 'descending' : 'ascending';
  return (
    <button
      type="button"
      className="evidence-sort"
      aria-label={t(`evidence.sorted.${state}`, { name })}
      title={t('evidence.sort')}
      onClick={() =>
        onOrder(own === null ? { by, descending: false } : own.descending ? null : { by, descending: true })
      }
      data-testid={`evidence-sort-${by}`}
    >
      {name} <span aria-hidden="true">{{ none: '↕', ascending: '↑', descending: '↓' }[state]}</span>
    </button>
  );
}

/** The rows behind a number: any count of them, filtered and sorted by the engine, read by pages as they scroll into view. Arrows move, Enter opens the whole row. */
export function EvidenceTable({ evidence, height, startAt }: Props) {
  const t = useT();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: height ?? 480 });
  const [active, setActive] = useState(0);
  const [opened, setOpened] = useState<number | null>(null);
  const [counted, setCounted] = useState(0);
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState('');
  const [order, setOrder] = useState<RowOrder | null>(null);
  const range = visibleRange(view.top, view.height, ROW_HEIGHT, counted, MARGIN_ROWS);
  const { total, error, noted, rowAt } = useEvidence(evidence, { filter, order }, range);
  // While other rows are looked for, the list keeps its length: nothing jumps.
  useEffect(() => {
    if (total !== null) setCounted(total);
  }, [total]);
  useEffect(() => {
    const timer = setTimeout(() => setFilter(typed.trim()), FILTER_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another arrangement is read from its top.
  useEffect(() => {
    setActive(0);
    setOpened(null);
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [filter, order]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setView({ top: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const moveTo = (row: number) => {
    const target = Math.max(0, Math.min(counted - 1, row));
    setActive(target);
    const element = scroller.current;
    if (element === null) return;
    const top = target * ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW_HEIGHT > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + ROW_HEIGHT - element.clientHeight;
    }
  };
  const isCounted = counted > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list has its length.
  useEffect(() => {
    if (!isCounted || startAt === undefined) return;
    moveTo(startAt);
    setOpened(startAt);
  }, [isCounted, startAt]);
  // The row that was opened stays in sight when its whole text takes room below.
  const openedHeight = opened === null ? null : view.height;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the room changes.
  useEffect(() => {
    if (openedHeight !== null) moveTo(active);
  }, [openedHeight]);
  const page = Math.max(1, Math.floor(view.height / ROW_HEIGHT) - 1);
  const keys: Record<string, () => void> = {
    ArrowDown: () => moveTo(active + 1),
    ArrowUp: () => moveTo(active - 1),
    PageDown: () => moveTo(active + page),
    PageUp: () => moveTo(active - page),
    Home: () => moveTo(0),
    End: () => moveTo(counted - 1),
    Enter: () => setOpened(active),
    Escape: () => setOpened(null),
  };

  if (error !== null) return <ErrorNotice error={error} />;
  if (total === 0 && filter === '') return <EmptyState title={t('evidence.none')} hint={t('evidence.noneHint')} />;
  const shown = Math.max(1, range[1] - range[0]);
  const openedRow = opened === null ? undefined : rowAt(opened);
  return (
    <div
      className={noted ? 'evidence evidence-noted' : 'evidence'}
      data-testid="evidence-table"
      data-total={total ?? ''}
    >
      <div className="evidence-tools">
        <Input
          allowClear
          size="small"
          value={typed}
          placeholder={t('evidence.filter')}
          aria-label={t('evidence.filter')}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') scroller.current?.focus();
          }}
          data-testid="evidence-filter"
        />
        <span className="muted number" role="status">
          {total === null
            ? t('evidence.loading')
            : t(filter === '' ? 'evidence.total' : 'evidence.found', { count: total })}
        </span>
      </div>
      <div className="evidence-head">
        {(noted ? (['row', 'text', 'notes'] as const) : (['row', 'text'] as const)).map((by) => (
          <SortHead key={by} by={by} order={order} onOrder={setOrder} />
        ))}
      </div>
      {total === 0 && <p className="muted evidence-none">{t('evidence.noneFound', { text: filter })}</p>}
      <div
        ref={scroller}
        className="evidence-scroll"
        style={height === undefined ? {} : { height }}
        role="listbox"
        aria-label={t('evidence.table')}
        aria-activedescendant={`${id}-${active}`}
        tabIndex={0}
        onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (act === undefined) return;
          event.preventDefault();
          if (event.key === 'Escape' && opened !== null) event.stopPropagation();
          act();
        }}
      >
        <div className="evidence-space" style={{ height: counted * ROW_HEIGHT }}>
          {Array.from({ length: range[1] - range[0] }, (_, offset) => range[0] + offset).map((index) => {
            const row = rowAt(index);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the list, which holds the focus.
              <div
                // Rows that leave the screen are used again for those that come.
                key={index % shown}
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                aria-setsize={counted}
                aria-posinset={index + 1}
                aria-selected={index === active}
                className={index === active ? 'evidence-row evidence-row-active' : 'evidence-row'}
                style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
                onClick={() => {
                  setActive(index);
                  setOpened(index);
                }}
              >
                <span className="number muted">{row === undefined ? '…' : formatNumber(row.row + 1)}</span>
                <span className="evidence-text">{row === undefined ? t('evidence.loading') : rowText(row)}</span>
                {noted && (
                  <span className="evidence-notes muted">
                    {row?.notes.map((note) => noteText(t, note)).join(t('list.separator'))}
                  </span>
                )}
              </div>
            );
          })}
        </div>
      </div>
      {openedRow !== undefined && (
        <section className="evidence-detail" aria-label={t('evidence.detail')}>
          <div className="muted">
            {openedRow.datasetName} · {t('evidence.position', { row: openedRow.row + 1 })}
          </div>
          <dl>
            {openedRow.cells.map(({ columnId, name, value }) => (
              <div key={columnId} className="fact">
                <dt>{name}</dt>
                <dd>{value === '' ? t('list.empty') : value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}
