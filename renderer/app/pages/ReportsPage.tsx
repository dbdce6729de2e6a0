import { Checkbox, Input, Segmented } from 'antd';
import { useState } from 'react';
import { REPORT_LANGUAGES, type ReportChoice } from '../../../shared/contract/report.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Field } from '../../components/Field.tsx';
import { JobButton } from '../../components/JobButton.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useView } from '../../components/use-view.ts';
import { useLanguage, useT } from '../language.ts';
import { CommentList } from '../reports/CommentList.tsx';
import { choiceOf, useReportDraft } from '../reports/choice.ts';
import { DocumentTable } from '../reports/DocumentTable.tsx';
import { ReportPreview } from '../reports/ReportPreview.tsx';
import { SectionChoice } from '../reports/SectionChoice.tsx';
import '../reports/reports.css';

/** Results of all stages as one document whose numbers lead to their origin. */
export function ReportsPage() {
  const t = useT();
  const screen = useLanguage();
  const { draft, change } = useReportDraft();
  const [previewed, setPreviewed] = useState<ReportChoice['language'] | null>(null);
  const { value: sections, error } = useView('report.sections', {});
  const { value: documents, error: documentsError } = useView('report.documents', {});
  const choice = choiceOf(draft, screen);
  const exists = documents?.some(({ result }) => result.language === choice.language) ?? false;
  const shown = documents?.some(({ result }) => result.language === previewed) ? previewed : null;
  return (
    <section className="page" data-testid="reports">
      <PageHeader
        title={t('reports.title')}
        lead={t('reports.lead')}
        action={
          <JobButton
            request="report.build"
            input={choice}
            slot={`report.document:${choice.language}`}
            label={t(exists ? 'reports.buildAgain' : 'reports.build')}
            primary
            missing={choice.sections?.length === 0 ? t('reports.noneChosen') : null}
            testId="report-build"
          />
        }
      />
      {[error, documentsError].map((problem) =>
        problem === null ? null : <ErrorNotice key={problem.code} error={problem} />,
      )}
      <Card flush title={t('reports.documents')} testId="report-documents">
        {documents?.length === 0 ? (
          <EmptyState title={t('reports.none')} hint={t('reports.noneHint')} />
        ) : (
          <DocumentTable documents={documents ?? []} previewed={shown} onPreview={setPreviewed} />
        )}
      </Card>
      {shown !== null && <ReportPreview language={shown} />}
      <Card title={t('reports.choice')}>
        <div className="fields">
          <Field label={t('reports.language')}>
            <Segmented<ReportChoice['language']>
              size="small"
              value={choice.language}
              options={REPORT_LANGUAGES.map((value) => ({ value, label: t(`reports.languages.${value}`) }))}
              onChange={(language) => change({ language })}
            />
          </Field>
          <Field label={t('reports.reportTitle')}>
            <Input
              size="small"
              maxLength={200}
              placeholder={t('reports.titlePlaceholder')}
              value={draft.title}
              onChange={(event) => change({ title: event.target.value })}
              data-testid="report-title"
            />
          </Field>
          <Field label={t('reports.author')}>
            <Input
              size="small"
              maxLength={200}
              value={draft.author}
              onChange={(event) => change({ author: event.target.value })}
              data-testid="report-author"
            />
          </Field>
          <Checkbox
            checked={draft.pdf}
            onChange={(event) => change({ pdf: event.target.checked })}
            title={t('reports.pdfHint')}
            data-testid="report-pdf"
          >
            {t('reports.pdf')}
          </Checkbox>
        </div>
        <h3>{t('reports.sections')}</h3>
        <SectionChoice
          sections={sections ?? []}
          chosen={draft.sections}
          onChange={(chosen) => change({ sections: chosen === null ? null : [...chosen] })}
        />
        <h3>{t('reports.comments')}</h3>
        <CommentList
          comments={draft.comments}
          sections={sections ?? []}
          onChange={(comments) => change({ comments })}
        />
      </Card>
      <Card title={t('reports.method')}>
        <p className="muted">{t('reports.methodText')}</p>
      </Card>
    </section>
  );
}
