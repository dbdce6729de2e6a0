import type { ReactNode } from 'react';
import type { StageId } from '../../shared/contract/stage.ts';
import { isI18nKey } from '../../shared/i18n/translate.ts';
import { useLanguage, useT } from '../app/language.ts';
import { useSession } from '../app/session.ts';
import { stepTitleKey } from '../app/stage-steps.ts';
import { call } from '../engine.ts';
import { ExportButton } from './ExportButton.tsx';
import { PageHeader } from './PageHeader.tsx';
import { StepGuide } from './StepGuide.tsx';

interface Props {
  readonly stage: StageId;
  readonly step: string;
  /** Left out: title and lead of this step, from the stage's texts. */
  readonly title?: string;
  readonly lead?: string;
  readonly action?: ReactNode;
  /** Notices above the answer: failures, staleness, what is missing. */
  readonly notice?: ReactNode;
  /** The answer: a table or chart with intervals. */
  readonly children: ReactNode;
  /** What explains the answer. */
  readonly explanation?: ReactNode;
  /** What can be changed. Comes last. */
  readonly controls?: ReactNode;
}

/** The page of one step, always in this order: title, answer, explanation, controls. */
export function StepPage({ stage, step, title, lead, action, notice, children, explanation, controls }: Props) {
  const t = useT();
  const leadKey = `stage.${stage}.step.${step}.lead`;
  return (
    <section className="page" data-testid={`step-${stage}-${step}`}>
      <PageHeader
        title={title ?? t(stepTitleKey(stage, step))}
        lead={lead ?? (isI18nKey(leadKey) ? t(leadKey) : t(`stage.${stage}.about`))}
        action={
          <>
            <TablesExport stage={stage} step={step} />
            {action}
          </>
        }
      />
      <StepGuide stage={stage} step={step} />
      {notice}
      {children}
      {explanation !== undefined && <div className="page-explanation">{explanation}</div>}
      {controls !== undefined && <div className="page-controls">{controls}</div>}
    </section>
  );
}

/** The tables of a step as files, once it has found anything. */
function TablesExport({ stage, step }: Pick<Props, 'stage' | 'step'>) {
  const t = useT();
  const language = useLanguage();
  const found = useSession(
    ({ overview }) =>
      overview?.stages.find(({ id }) => id === stage)?.steps.find(({ id }) => id === step)?.slots.length ?? 0,
  );
  if (found === 0) return null;
  return (
    <ExportButton
      label={t('export.tablesButton')}
      run={() => call('report.exportTables', { section: `${stage}.${step}`, language })}
      testId="step-export"
    />
  );
}
