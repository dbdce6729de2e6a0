import { InputNumber, Select } from 'antd';
import type { Output } from '../../../../shared/contract/index.ts';
import type { TicketAnalysis } from '../../../../shared/stages/service/contract.ts';
import type { SlaTarget, TicketColumns } from '../../../../shared/stages/service/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { CalendarFields } from './CalendarFields.tsx';

interface Props {
  readonly analysis: TicketAnalysis;
  readonly guess: Output<'service.guessTicketColumns'>;
  readonly priorities: readonly string[];
  readonly onChange: (analysis: TicketAnalysis) => void;
}

const COLUMNS = [
  'createdAt',
  'firstResponseAt',
  'resolvedAt',
  'id',
  'text',
  'category',
  'priority',
  'team',
  'status',
] as const satisfies readonly (keyof TicketColumns)[];
const LONGEST_EXAMPLE = 24;

/** Which column means what, the targets by priority, and when the clock runs. */
export function TicketForm({ analysis, guess, priorities, onChange }: Props) {
  const t = useT();
  const options = guess.all.map(({ columnId, name, example }) => ({
    value: columnId,
    label: t('stage.service.screen.tickets.columnOption', {
      name: name === '' ? columnId : name,
      example: example.length > LONGEST_EXAMPLE ? `${example.slice(0, LONGEST_EXAMPLE)}…` : example,
    }),
  }));
  const targetOf = (priority: string | null): SlaTarget =>
    analysis.sla.find((target) => target.priority === priority) ?? {
      priority,
      firstResponseMinutes: null,
      resolutionMinutes: null,
    };
  const setTarget = (priority: string | null, part: Partial<SlaTarget>) => {
    const changed = { ...targetOf(priority), ...part };
    const others = analysis.sla.filter((target) => target.priority !== priority);
    const isEmpty = changed.firstResponseMinutes === null && changed.resolutionMinutes === null;
    onChange({ ...analysis, sla: isEmpty ? others : [...others, changed] });
  };
  return (
    <Card title={t('stage.service.screen.tickets.columns')} testId="service-tickets-form">
      <p className="muted">{t('stage.service.screen.tickets.columnsHint')}</p>
      <div className="form-grid">
        {COLUMNS.map((column) => (
          <Field key={column} label={t(`stage.service.screen.tickets.column.${column}`)}>
            <Select
              value={analysis.columns[column] ?? ''}
              options={[{ value: '', label: t('stage.service.screen.tickets.columnNone') }, ...options]}
              onChange={(chosen) =>
                onChange({
                  ...analysis,
                  columns: { ...analysis.columns, [column]: chosen === '' && column !== 'createdAt' ? null : chosen },
                })
              }
              popupMatchSelectWidth={false}
              data-testid={`service-tickets-column-${column}`}
            />
          </Field>
        ))}
      </div>
      <section className="settings-part">
        <h3>{t('stage.service.screen.tickets.sla')}</h3>
        <p className="muted">{t('stage.service.screen.tickets.slaHint')}</p>
        <table className="plain-table sla-table">
          <thead>
            <tr>
              <th>{t('stage.service.screen.tickets.priority')}</th>
              <th>{t('stage.service.screen.tickets.measure.firstResponse')}</th>
              <th>{t('stage.service.screen.tickets.measure.resolution')}</th>
            </tr>
          </thead>
          <tbody>
            {[...priorities, null].map((priority) => {
              const name = priority ?? t('stage.service.screen.tickets.slaOther');
              const target = targetOf(priority);
              return (
                <tr key={priority ?? ''}>
                  <td>{name}</td>
                  {(['firstResponseMinutes', 'resolutionMinutes'] as const).map((part) => (
                    <td key={part}>
                      <InputNumber
                        size="small"
                        min={1}
                        value={target[part]}
                        aria-label={`${name} ${t(
                          `stage.service.screen.tickets.measure.${part === 'firstResponseMinutes' ? 'firstResponse' : 'resolution'}`,
                        )}`}
                        onChange={(minutes) => setTarget(priority, { [part]: minutes })}
                      />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <CalendarFields calendar={analysis.calendar} onChange={(calendar) => onChange({ ...analysis, calendar })} />
    </Card>
  );
}
