import { Button, Segmented, Select } from 'antd';
import { useRef, useState } from 'react';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { TriagedTicket } from '../../../../shared/stages/service/results.ts';
import { useT } from '../../../app/language.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { type TriageShow, useService } from '../store.ts';

interface Props {
  readonly datasetId: string;
  readonly labels: readonly string[];
  readonly hasTruth: boolean;
}

const PAGE = 12;

/** Tickets one by one: arrows move, Enter changes the class, Backspace takes a correction back. */
export function TicketQueue({ datasetId, labels, hasTruth }: Props) {
  const t = useT();
  const { triageShow: show, triageOrder: order, triagePage: page } = useService();
  const tickets = useView(
    'service.triagedTickets',
    { datasetId, label: null, show, order, offset: page * PAGE, limit: PAGE },
    [`service.triage:${datasetId}`, 'service.corrections'],
  );
  const { send, busy, error, clear } = useCommand();
  const [active, setActive] = useState(0);
  const [editing, setEditing] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const rows = tickets.value?.rows ?? [];
  const total = tickets.value?.total ?? 0;
  const current = rows[Math.min(active, rows.length - 1)];
  const shows: readonly TriageShow[] = hasTruth
    ? ['low-confidence', 'disagreeing', 'corrected', 'all']
    : ['low-confidence', 'corrected', 'all'];
  const move = (to: number) => setActive(Math.max(0, Math.min(rows.length - 1, to)));
  const correct = async (ticket: TriagedTicket, label: string | null) => {
    setEditing(false);
    await send('service.correctTriage', { datasetId, row: ticket.row, label });
    body.current?.focus();
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active - 1),
    Enter: () => setEditing(true),
    Backspace: () => {
      if (current?.corrected === true) void correct(current, null);
    },
  };
  return (
    <section className="queue" aria-label={t('stage.service.screen.triage.queue')} data-testid="service-queue">
      <div className="table-tools">
        <Segmented
          size="small"
          value={show}
          options={shows.map((value) => ({ value, label: t(`stage.service.screen.triage.show.${value}`) }))}
          onChange={(triageShow) => {
            setActive(0);
            useService.setState({ triageShow, triagePage: 0 });
          }}
          data-testid="service-queue-show"
        />
        <Segmented
          size="small"
          value={order}
          options={(['confidence', 'row'] as const).map((value) => ({
            value,
            label: t(`stage.service.screen.triage.order.${value}`),
          }))}
          onChange={(triageOrder) => useService.setState({ triageOrder, triagePage: 0 })}
        />
      </div>
      <ViewNotice view={tickets} />
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      <p className="muted small">{t('stage.service.screen.triage.keys')}</p>
      <div
        ref={body}
        className="queue-rows"
        role="listbox"
        tabIndex={0}
        aria-label={t('stage.service.screen.triage.queue')}
        aria-activedescendant={current === undefined ? undefined : `queue-${current.row}`}
        onKeyDown={(event) => {
          const act = editing ? undefined : keys[event.key];
          if (act === undefined) return;
          event.preventDefault();
          act();
        }}
      >
        {tickets.value !== undefined && rows.length === 0 && (
          <p className="muted">{t('stage.service.screen.triage.empty')}</p>
        )}
        {rows.map((ticket, index) => {
          const isActive = ticket === current;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the list, which holds the focus.
            <div
              key={ticket.row}
              id={`queue-${ticket.row}`}
              role="option"
              tabIndex={-1}
              aria-selected={isActive}
              className={isActive ? 'queue-row queue-row-active' : 'queue-row'}
              onClick={() => {
                setActive(index);
                setEditing(false);
              }}
              data-testid={`service-queue-row-${ticket.row}`}
            >
              <span className="number muted">{formatNumber(ticket.row + 1)}</span>
              <span className="clamp">{ticket.text}</span>
              <span className="queue-label">
                {isActive && editing ? (
                  <Select
                    size="small"
                    autoFocus
                    defaultOpen
                    showSearch
                    className="form-medium"
                    value={ticket.effective}
                    options={labels.map((label) => ({ value: label, label }))}
                    aria-label={t('stage.service.screen.triage.change')}
                    disabled={busy}
                    onChange={(label) => void correct(ticket, label === ticket.label ? null : label)}
                    onOpenChange={(open) => {
                      if (!open) {
                        setEditing(false);
                        body.current?.focus();
                      }
                    }}
                  />
                ) : (
                  // biome-ignore lint/a11y/noStaticElementInteractions: an option holds no button; Enter on the row does the same.
                  // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
                  <span
                    className="link"
                    title={t('stage.service.screen.triage.change')}
                    onClick={(event) => {
                      event.stopPropagation();
                      setActive(index);
                      setEditing(true);
                    }}
                  >
                    {ticket.effective}
                  </span>
                )}
                {ticket.corrected && (
                  <span className="tag tag-running" title={ticket.label}>
                    ✎ {t('stage.service.screen.triage.correctedTag')}
                  </span>
                )}
                {ticket.truth !== null && ticket.truth !== ticket.effective && (
                  <span className="tag tag-attention">
                    ▲ {t('stage.service.screen.triage.truthColumn')}: {ticket.truth}
                  </span>
                )}
              </span>
              <span className="number">{formatShare(ticket.confidence)}</span>
            </div>
          );
        })}
      </div>
      {total > PAGE && (
        <div className="actions">
          <span className="muted number">
            {t('stage.service.screen.triage.page', {
              from: page * PAGE + 1,
              to: Math.min(total, (page + 1) * PAGE),
              total,
            })}
          </span>
          <Button size="small" disabled={page === 0} onClick={() => useService.setState({ triagePage: page - 1 })}>
            {t('stage.service.screen.triage.earlier')}
          </Button>
          <Button
            size="small"
            disabled={(page + 1) * PAGE >= total}
            onClick={() => useService.setState({ triagePage: page + 1 })}
          >
            {t('stage.service.screen.triage.later')}
          </Button>
        </div>
      )}
    </section>
  );
}
