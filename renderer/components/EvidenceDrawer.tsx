import { Drawer } from 'antd';
import { useInspector } from '../app/inspector.ts';
import { useT } from '../app/language.ts';
import { EvidenceTable } from './EvidenceTable.tsx';

/** The rows behind a number, over the screen that it stands on. */
export function EvidenceDrawer() {
  const t = useT();
  const { evidence, showEvidence } = useInspector();
  return (
    <Drawer
      open={evidence !== null}
      onClose={() => showEvidence(null)}
      size={760}
      title={evidence === null ? '' : `${t('evidence.title')} · ${evidence.title}`}
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
