import { Modal } from 'antd';
import { useT } from './language.ts';
import { usePalette } from './palette-state.ts';
import { SHORTCUT_KEYS, SHORTCUTS } from './shortcuts.ts';

/** Every shortcut with its keys. */
export function ShortcutList() {
  const t = useT();
  return (
    <>
      <p>{t('shortcut.about')}</p>
      <dl className="shortcuts" data-testid="shortcut-list">
        {SHORTCUTS.map((id) => (
          <div key={id}>
            <dt>
              <kbd>{SHORTCUT_KEYS[id]}</kbd>
            </dt>
            <dd>{t(`shortcut.list.${id}`)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The list over any screen, at `?`. */
export function ShortcutOverlay() {
  const t = useT();
  const { open, show } = usePalette();
  return (
    <Modal
      open={open === 'shortcuts'}
      onCancel={() => show(null)}
      footer={null}
      title={t('shortcut.title')}
      destroyOnHidden
      width={520}
      style={{ top: 72 }}
    >
      <ShortcutList />
    </Modal>
  );
}
