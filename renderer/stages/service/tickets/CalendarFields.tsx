import { Checkbox, Input, InputNumber } from 'antd';
import type { ServiceCalendar } from '../../../../shared/stages/service/results.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';

interface Props {
  readonly calendar: ServiceCalendar | null;
  readonly onChange: (calendar: ServiceCalendar | null) => void;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const OFFICE: ServiceCalendar = {
  timeZoneOffsetMinutes: 480,
  workdays: [1, 2, 3, 4, 5],
  from: '09:00',
  to: '18:00',
  holidays: [],
};
const MINUTES_PER_HOUR = 60;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** When the service clock runs. */
export function CalendarFields({ calendar, onChange }: Props) {
  const t = useT();
  const change = (part: Partial<ServiceCalendar>) => onChange({ ...(calendar ?? OFFICE), ...part });
  return (
    <section className="settings-part">
      <h3>{t('stage.service.screen.tickets.calendar')}</h3>
      <p className="muted">{t('stage.service.screen.tickets.calendarHint')}</p>
      <Checkbox
        checked={calendar === null}
        onChange={({ target }) => onChange(target.checked ? null : OFFICE)}
        data-testid="service-tickets-around-the-clock"
      >
        {t('stage.service.screen.tickets.aroundClock')}
      </Checkbox>
      {calendar !== null && (
        <div className="form-grid">
          <div className="form-field form-field-wide">
            <span>{t('stage.service.screen.tickets.workdays')}</span>
            <Checkbox.Group
              value={calendar.workdays}
              options={DAYS.map((day, index) => ({
                value: index + 1,
                label: t(`stage.service.screen.tickets.day.${day}`),
              }))}
              onChange={(days) => days.length > 0 && change({ workdays: [...days].sort() })}
            />
          </div>
          {(['from', 'to'] as const).map((side) => (
            <Field key={side} label={t(`stage.service.screen.tickets.${side}`)}>
              <Input type="time" value={calendar[side]} onChange={({ target }) => change({ [side]: target.value })} />
            </Field>
          ))}
          <Field label={t('stage.service.screen.tickets.timeZone')}>
            <InputNumber
              min={-14}
              max={14}
              step={0.5}
              value={calendar.timeZoneOffsetMinutes / MINUTES_PER_HOUR}
              onChange={(hours) =>
                hours !== null && change({ timeZoneOffsetMinutes: Math.round(hours * MINUTES_PER_HOUR) })
              }
            />
          </Field>
          <Field
            label={t('stage.service.screen.tickets.holidays')}
            hint={t('stage.service.screen.tickets.holidaysHint')}
          >
            <Input.TextArea
              autoSize={{ minRows: 1, maxRows: 4 }}
              defaultValue={calendar.holidays.join('\n')}
              placeholder={t('stage.service.screen.tickets.holidaysHint')}
              onBlur={({ target }) => change({ holidays: target.value.split(/\s+/).filter((line) => DATE.test(line)) })}
            />
          </Field>
        </div>
      )}
    </section>
  );
}
