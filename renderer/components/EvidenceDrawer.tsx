import { Drawer } from 'antd';
import { useInspector } from '../app/inspector.ts';
import { useLanguage, useT } from '../app/language.ts';
import { call } from '../engine.ts';
import { EvidenceTable } from './EvidenceTable.tsx';
import { ExportButton } from './ExportButton.tsx';

/** The rows behind a number, over the screen that it stands on. */
export function EvidenceDrawer() {
  const t = useT();
  const language = useLanguage();
  const { evidence, showEvidence } = useInspector();
  return (
    <Drawer
      open={evidence !== null}
      onClose={() => showEvidence(null)}
      size={760}
      title={evidence === null ? '' : `${t('evidence.title')} · ${evidence.title}`}
      extra={
        evidence !== null && (
          <ExportButton
            label={t('export.rowsButton')}
            run={() => call('project.exportRows', { ref: evidence.ref, title: evidence.title, language })}
            testId="evidence-export"
          />
        )
      }
      destroyOnHidden
      styles={{ body: { padding: 0, display: 'flex' } }}
    >
      {evidence !== null && (
        <EvidenceTable
          evidence={evidence.ref}
          {...(evidence.startAt === undefined ? {} : { startAt: evidence.startAt })}
        />
      )}
    </Drawer>
  );
}
