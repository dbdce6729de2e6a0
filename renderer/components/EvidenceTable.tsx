import { useEffect, useId, useRef, useState } from 'react';
import type { EvidenceRef, EvidenceRow } from '../../shared/contract/evidence.ts';
import { noteText } from '../../shared/i18n/note-text.ts';
import { formatNumber } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { EmptyState } from './EmptyState.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { visibleRange } from './row-window.ts';
import { useEvidence } from './use-evidence.ts';

const ROW_HEIGHT = 44;
const MARGIN_ROWS = 8;

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

/** The rows behind a number: any count of them, read by pages as they scroll into view. Arrows move, Enter opens the whole row. */
export function EvidenceTable({ evidence, height, startAt }: Props) {
  const t = useT();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: height ?? 480 });
  const [active, setActive] = useState(0);
  const [opened, setOpened] = useState<number | null>(null);
  const [counted, setCounted] = useState(0);
  const range = visibleRange(view.top, view.height, ROW_HEIGHT, counted, MARGIN_ROWS);
  const { total, error, rowAt } = useEvidence(evidence, range);
  useEffect(() => setCounted(total ?? 0), [total]);

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
  if (total === 0) return <EmptyState title={t('evidence.none')} hint={t('evidence.noneHint')} />;
  const openedRow = opened === null ? undefined : rowAt(opened);
  return (
    <div className="evidence" data-testid="evidence-table" data-total={total ?? ''}>
      <div className="evidence-head">
        <span>{t('evidence.row')}</span>
        <span>{t('evidence.text')}</span>
        <span>{t('evidence.notes')}</span>
        <span className="muted number">
          {total === null ? t('evidence.loading') : t('evidence.total', { count: total })}
        </span>
      </div>
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
                key={index}
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
                <span className="evidence-notes muted">
                  {row?.notes.map((note) => noteText(t, note)).join(t('list.separator'))}
                </span>
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
