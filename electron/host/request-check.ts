/** What the checks look at: the headers that a browser sets and a page cannot. */
export interface CheckedRequest {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const OWN_SITE = new Set(['same-origin', 'none']);

/** The HTTP status with which a request is refused before anything else looks at it; null lets it pass.
 *  A name that was rebound to 127.0.0.1 shows only in `Host`; a foreign page shows in `Origin` or `Sec-Fetch-Site`. */
export function refusalOf(request: CheckedRequest, port: number): 421 | 403 | null {
  const { host, origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 421;
  if (origin !== undefined && origin !== `http://${host}`) return 403;
  if (site !== undefined && !OWN_SITE.has(String(site)) && !isOpeningOfThePage(request)) return 403;
  return null;
}

/** The private redirect file is of another origin for the browser, so opening the start page from anywhere is allowed: it holds no data, needs no token and cannot be framed. */
function isOpeningOfThePage({ method, path, headers }: CheckedRequest): boolean {
  return (
    method === 'GET' &&
    path === '/' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}
