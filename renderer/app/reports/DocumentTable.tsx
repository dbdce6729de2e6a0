import { Button, Table } from 'antd';
import { useState } from 'react';
import type { ArtifactView } from '../../../shared/contract/artifact.ts';
import type { ReportDocument } from '../../../shared/contract/report.ts';
import { formatNumber } from '../../../shared/i18n/number.ts';
import { slotName } from '../../components/artifact-name.ts';
import { timeText } from '../../components/time.ts';
import { inspect } from '../inspector.ts';
import { useLanguage, useT } from '../language.ts';

interface Props {
  readonly documents: readonly ArtifactView<ReportDocument>[];
  readonly previewed: ReportDocument['language'] | null;
  readonly onPreview: (language: ReportDocument['language'] | null) => void;
}

const BYTES_PER_KB = 1000;

/** Reports that were built, with where their files are and whether they still hold. */
export function DocumentTable({ documents, previewed, onPreview }: Props) {
  const t = useT();
  const language = useLanguage();
  return (
    <Table<ArtifactView<ReportDocument>>
      size="small"
      rowKey={({ result }) => result.language}
      dataSource={[...documents]}
      pagination={false}
      columns={[
        {
          title: t('reports.column.report'),
          key: 'report',
          render: (_, { artifact, result }) => (
            <>
              <button
                type="button"
                className="link"
                onClick={() => inspect({ title: result.title, slot: artifact.slot, seed: artifact.seed })}
              >
                {result.title}
              </button>{' '}
              <span className="tag">{t(`reports.languages.${result.language}`)}</span>
              {artifact.stale.length > 0 && (
                <span className="tag tag-attention" title={t('reports.stale')} data-testid="report-stale">
                  ▲ {t('stamp.stale')}
                </span>
              )}
              {result.staleSlots.length > 0 && (
                <div
                  className="muted"
                  title={result.staleSlots.map((slot) => slotName(t, slot)).join(t('list.separator'))}
                >
                  ▲ {t('reports.containsStale', { count: result.staleSlots.length })}
                </div>
              )}
            </>
          ),
        },
        {
          title: t('reports.column.made'),
          key: 'made',
          width: 110,
          className: 'number',
          render: (_, { artifact }) => timeText(language, artifact.createdAt),
        },
        {
          title: t('reports.column.figures'),
          key: 'figures',
          width: 130,
          render: (_, { result }) =>
            t('reports.figures', {
              count: result.figures,
              sections: result.sections.filter(({ figures }) => figures > 0).length,
            }),
        },
        {
          title: t('reports.column.file'),
          key: 'file',
          render: (_, { result }) => (
            <>
              <PathLine name="HTML" path={result.html.path} bytes={result.html.bytes} />
              {result.pdf.status === 'written' ? (
                <PathLine name="PDF" path={result.pdf.path} bytes={result.pdf.bytes} />
              ) : (
                <p className="muted" data-testid="report-pdf-state">
                  {t(`reports.pdfState.${result.pdf.reason}`)}
                </p>
              )}
            </>
          ),
        },
        {
          title: t('reports.column.actions'),
          key: 'actions',
          width: 110,
          render: (_, { result }) => (
            <Button
              size="small"
              onClick={() => onPreview(previewed === result.language ? null : result.language)}
              data-testid={`report-preview-${result.language}`}
            >
              {t(previewed === result.language ? 'reports.hide' : 'reports.preview')}
            </Button>
          ),
        },
      ]}
    />
  );
}

function PathLine({ name, path, bytes }: { readonly name: string; readonly path: string; readonly bytes: number }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  return (
    <p className="report-path">
      <span className="tag">{name}</span>
      <code title={path}>{path}</code>
      <span className="muted number">{t('reports.kilobytes', { size: formatNumber(bytes / BYTES_PER_KB) })}</span>
      <button
        type="button"
        className="link"
        onClick={() => {
          void navigator.clipboard.writeText(path).then(() => setCopied(true));
        }}
      >
        {t(copied ? 'reports.copied' : 'reports.copy')}
      </button>
    </p>
  );
}
