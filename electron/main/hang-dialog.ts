import { type BrowserWindow, dialog } from 'electron';
import type { Translate } from '../../shared/i18n/translate.ts';
import type { Hang } from './hang.ts';

const MS_PER_SECOND = 1_000;

/** Lets the person choose between waiting and a new engine; goes away by itself once the engine answers. */
export async function askAboutHang(window: BrowserWindow, hang: Hang, t: Translate): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: t('window.dialog.hungTitle', { count: Math.round(hang.silentMs / MS_PER_SECOND) }),
    detail: t('window.dialog.hungDetail'),
    buttons: [t('window.dialog.wait'), t('window.dialog.restartEngine')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    signal: hang.over,
  });
  if (response === 1) hang.restart();
  else hang.wait();
}
