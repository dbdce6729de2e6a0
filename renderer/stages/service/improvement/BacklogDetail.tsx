import { Input } from 'antd';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { BacklogItem, BacklogNote } from '../../../../shared/stages/service/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { slotName } from '../../../components/artifact-name.ts';
import { Field } from '../../../components/Field.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';

interface Props {
  readonly item: BacklogItem;
  readonly note: BacklogNote;
  readonly slot: string;
  readonly seed: number;
  readonly onChange: (change: Partial<BacklogNote>) => void;
}

/** The factors of the score, the artifacts that it comes from, and the note. */
export function BacklogDetail({ item, note, slot, seed, onChange }: Props) {
  const t = useT();
  const factors = [
    ['weight', item.weight, t('stage.service.screen.improvement.weightMethod')],
    ['affected', item.affected, t('stage.service.screen.improvement.affectedMethod')],
    [
      'severity',
      item.severity,
      t('stage.service.screen.improvement.severityMethod', {
        what: t(`stage.service.screen.improvement.severityOf.${item.type}`),
      }),
    ],
  ] as const;
  return (
    <div className="backlog-detail">
      <dl className="facts">
        {factors.map(([id, factor, method]) => (
          <div key={id}>
            <dt>{t(`stage.service.screen.improvement.${id}`)}</dt>
            <dd>
              <InspectedNumber
                value={factor.value}
                unit={id === 'severity' ? 'plain' : 'share'}
                decimals={id === 'severity' ? 2 : 1}
                interval={boundsOf(factor.low, factor.high)}
                inspected={{
                  title: t(`stage.service.screen.improvement.${id}`),
                  method,
                  slot,
                  seed,
                  ...(factor.n === null ? {} : { n: factor.n }),
                }}
              />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('stage.service.screen.improvement.effort')}</dt>
          <dd className="number">
            {formatNumber(item.effort.value, 1)} ({t(`stage.service.screen.improvement.${item.effort.origin}`)})
          </dd>
        </div>
      </dl>
      <div>
        <span className="muted small">{t('stage.service.screen.improvement.links')}</span>
        <div className="tags">
          {item.slots.map((from) => (
            <button
              key={from}
              type="button"
              className="tag"
              onClick={() => inspect({ title: slotName(t, from), slot: from })}
            >
              {slotName(t, from)}
            </button>
          ))}
        </div>
      </div>
      <Field label={t('stage.service.screen.improvement.note')}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 5 }}
          maxLength={2000}
          defaultValue={note.note}
          onBlur={({ target }) => target.value !== note.note && onChange({ note: target.value })}
        />
      </Field>
    </div>
  );
}
