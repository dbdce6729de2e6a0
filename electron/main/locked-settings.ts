import type { WebPreferences } from 'electron';

/** What the window may do, as values: nothing else in this folder decides about it, and a test holds each by value. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://workbench';
export const START_PAGE = `${APP_ORIGIN}/`;

/** Registered before Electron is ready. No `bypassCSP`, no `corsEnabled`. */
export const PRIVILEGED_SCHEMES = [
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
];

/** In memory: nothing of a project reaches a cache on the disk. */
export const PARTITION = 'workbench';

export function webPreferences(packaged: boolean, preload: string): WebPreferences {
  return {
    preload,
    partition: PARTITION,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    // Else Chromium fetches dictionaries from a server.
    spellcheck: false,
    safeDialogs: true,
    navigateOnDragDrop: false,
    devTools: !packaged,
  };
}

/** Everything else a page may ask for is refused. */
export const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Switches of Chromium: it resolves no name and does nothing in the background. */
export const SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['disable-default-apps'],
  ['disable-breakpad'],
  ['no-first-run'],
  ['no-pings'],
];

/** No policy of a page covers WebRTC: it may send no datagram but through a proxy, and there is none. */
export const WEBRTC_POLICY = 'disable_non_proxied_udp';

/** With one of these a packaged application does not start: each takes a wall away. */
export const REFUSED_SWITCHES: readonly string[] = ['no-sandbox', 'disable-web-security'];

/** Whether a page may load an address: its own files, and what it holds itself. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  switch (url.protocol) {
    case `${APP_SCHEME}:`:
      return url.host === new URL(APP_ORIGIN).host;
    case 'blob:':
    case 'data:':
    case 'devtools:':
      return true;
    default:
      return false;
  }
}

/** The preview of a report is a document that the page writes into a frame without scripts; no other frame goes anywhere. */
export function mayFrameNavigate(address: string, isMainFrame: boolean): boolean {
  return !isMainFrame && (address === 'about:srcdoc' || address.startsWith('about:srcdoc#'));
}
