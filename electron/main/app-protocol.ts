import type { Session } from 'electron';
import { answerStatic, type StaticFiles } from '../hosting/static-files.ts';
import { APP_SCHEME, START_PAGE } from './locked-settings.ts';

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
