import type { App, Session, WebContents } from 'electron';
import { ALLOWED_PERMISSIONS, isOwnAddress, mayFrameNavigate, WEBRTC_POLICY } from './locked-settings.ts';

/** Counts what was seen and refused. */
export type OnRefused = (what: string, detail: string) => void;

/** Locks every session and every page of this application, those made later too. Called before the application is ready. */
export function lockApplication(app: App, onRefused: OnRefused): void {
  app.on('session-created', (session) => lockSession(session, onRefused));
  app.on('web-contents-created', (_event, contents) => lockContents(contents, onRefused));
}

function lockSession(session: Session, onRefused: OnRefused): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    const allowed = ALLOWED_PERMISSIONS.has(permission);
    if (!allowed) onRefused('permission', permission);
    answer(allowed);
  });
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED_PERMISSIONS.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !isOwnAddress(url);
    if (cancel) onRefused('request', url);
    answer({ cancel });
  });
  session.on('will-download', (event, item) => {
    // A report that the page itself has made is saved through the dialog of the system.
    if (item.getURL().startsWith('blob:')) return;
    event.preventDefault();
    onRefused('download', item.getURL());
  });
  session.setSpellCheckerEnabled(false);
}

function lockContents(contents: WebContents, onRefused: OnRefused): void {
  contents.on('will-navigate', (event) => {
    event.preventDefault();
    onRefused('navigation', event.url);
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    onRefused('redirect', event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    if (mayFrameNavigate(event.url, event.isMainFrame)) return;
    event.preventDefault();
    onRefused('navigation', event.url);
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    onRefused('webview', '');
  });
  contents.setWebRTCIPHandlingPolicy(WEBRTC_POLICY);
  contents.setWindowOpenHandler(({ url }) => {
    onRefused('window', url);
    return { action: 'deny' };
  });
}
