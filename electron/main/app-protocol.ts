import type { Session } from 'electron';
import { answerStatic, type StaticFiles } from '../hosting/static-files.ts';
import { APP_SCHEME, START_PAGE } from './locked-settings.ts';

/** The policy that comes with the start page. */
export function policyOf(files: StaticFiles): string {
  return new Headers(answerStatic(files, '/', 'GET').headers).get('Content-Security-Policy') ?? '';
}

/** Serves the screens under `app://workbench/` to one session: GET only, this host only, by a list of names. */
export function serveScreens(session: Session, files: StaticFiles): void {
  session.protocol.handle(APP_SCHEME, ({ url, method }) => {
    // The path as it was sent: an URL parser would already have resolved its dots.
    if (!url.startsWith(START_PAGE)) return new Response(null, { status: 404 });
    const path = url.slice(START_PAGE.length - 1).replace(/[?#].*$/s, '');
    const { status, headers, body } = answerStatic(files, path, method === 'HEAD' ? '' : method);
    return new Response(body, { status, headers });
  });
}
