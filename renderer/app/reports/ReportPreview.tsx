import { Button } from 'antd';
import { useMemo } from 'react';
import type { ReportDocument } from '../../../shared/contract/report.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useView } from '../../components/use-view.ts';
import { saveFile } from '../../save-file.ts';
import { documentNonce } from '../../theme/nonce.ts';
import { useT } from '../language.ts';

/** A frame made of text inherits the policy of this page, which lets a style in by its nonce, and its address, against which links within the
 *  document must not be read. */
function asFrame(html: string): string {
  return html.replace('<style>', `<style nonce="${documentNonce}">`).replaceAll(' href="#', ' href="about:srcdoc#');
}

/** The report as written, in a frame that runs nothing and reaches nothing. */
export function ReportPreview({ language }: { readonly language: ReportDocument['language'] }) {
  const t = useT();
  const { value, error } = useView('report.html', { language }, ['report.document']);
  const framed = useMemo(() => (value === undefined || value === null ? undefined : asFrame(value.html)), [value]);
  const save = () => {
    if (value === undefined || value === null) return;
    saveFile(value.fileName, new Blob([value.html], { type: 'text/html' }));
  };
  return (
    <Card
      title={t('reports.previewTitle')}
      testId="report-preview"
      extra={
        <>
          <span className="muted">{t('reports.previewHint')}</span>
          <Button size="small" onClick={save} disabled={framed === undefined} data-testid="report-save">
            {t('reports.save')}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorNotice error={error} />}
      {framed !== undefined && (
        <iframe className="report-frame" title={t('reports.previewTitle')} sandbox="" srcDoc={framed} />
      )}
    </Card>
  );
}
