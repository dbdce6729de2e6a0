import { Button, Checkbox } from 'antd';
import type { ReportSection } from '../../../shared/contract/report.ts';
import { STAGE_IDS } from '../../../shared/contract/stage.ts';
import { slotName } from '../../components/artifact-name.ts';
import { useT } from '../language.ts';
import { stepTitleKey } from '../stage-steps.ts';

interface Props {
  readonly sections: readonly ReportSection[];
  /** Null: all. */
  readonly chosen: readonly string[] | null;
  readonly onChange: (chosen: readonly string[] | null) => void;
}

/** Marks beside a section; a line below says what each means. */
const MARK = { full: '●', partial: '◐', missing: '○' } as const;
const STATES = ['full', 'partial', 'missing'] as const;

/** Sections by stage, each with whether it can be filled now. */
export function SectionChoice({ sections, chosen, onChange }: Props) {
  const t = useT();
  const isChosen = (id: string) => chosen === null || chosen.includes(id);
  const choose = (ids: readonly string[]) => onChange(ids.length === sections.length ? null : ids);
  const toggle = (id: string) =>
    choose(sections.map((section) => section.id).filter((other) => (other === id ? !isChosen(id) : isChosen(other))));
  return (
    <div data-testid="report-sections">
      <p className="report-choice-head">
        <span className="muted">{t('reports.sectionsHint')}</span>
        <Button size="small" onClick={() => onChange(null)} data-testid="report-all">
          {t('reports.all')}
        </Button>
        <Button
          size="small"
          onClick={() => choose(sections.filter(({ state }) => state !== 'missing').map(({ id }) => id))}
          data-testid="report-filled"
        >
          {t('reports.filled')}
        </Button>
      </p>
      <div className="report-stages">
        {STAGE_IDS.map((stage) => (
          <fieldset key={stage}>
            <legend>{t(`stage.${stage}.name`)}</legend>
            {sections
              .filter((section) => section.stage === stage)
              .map(({ id, step, state, staleSlots, missingKinds }) => (
                <div key={id} className="report-section" data-testid={`report-section-${id}`} data-state={state}>
                  <Checkbox checked={isChosen(id)} onChange={() => toggle(id)}>
                    {t(stepTitleKey(stage, step))}
                  </Checkbox>
                  <span
                    className={`report-mark report-mark-${state}`}
                    title={
                      missingKinds.length === 0
                        ? t(`reports.state.${state}`)
                        : t('reports.missingWhat', {
                            what: missingKinds.map((kind) => slotName(t, kind)).join(t('list.separator')),
                          })
                    }
                  >
                    <span aria-hidden="true">{MARK[state]}</span>
                    <span className="visually-hidden">{t(`reports.state.${state}`)}</span>
                  </span>
                  {staleSlots.length > 0 && (
                    <span
                      className="tag tag-attention"
                      title={staleSlots.map((slot) => slotName(t, slot)).join(t('list.separator'))}
                    >
                      ▲ {t('reports.staleCount', { count: staleSlots.length })}
                    </span>
                  )}
                </div>
              ))}
          </fieldset>
        ))}
      </div>
      <p className="muted report-marks" aria-hidden="true">
        {STATES.filter((state) => sections.some((section) => section.state === state)).map((state) => (
          <span key={state}>
            <span className={`report-mark report-mark-${state}`}>{MARK[state]}</span> {t(`reports.state.${state}`)}
          </span>
        ))}
      </p>
    </div>
  );
}
