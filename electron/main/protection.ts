import type { App, Session } from 'electron';
import type { RefusalKind } from '../../shared/contract/offline.ts';
import { closesThePage, withoutNonce } from '../hosting/page-policy.ts';
import type { HostProtection } from '../hosting/protection.ts';
import type { Refusals } from '../hosting/refusals.ts';
import type { OnRefused } from './lock.ts';
import { ALLOWED_PERMISSIONS, APP_ORIGIN, SWITCHES, webPreferences } from './locked-settings.ts';

const RESOLVER_SWITCH = 'host-resolver-rules';

/** How what a lock refuses is counted. */
const KINDS: Readonly<Record<string, RefusalKind>> = {
  permission: 'page-permission',
  request: 'page-address',
  download: 'page-address',
  sender: 'foreign-sender',
};

/** Counts what the locks refuse: an address by its origin alone, for the rest may hold a secret. */
export function countIn(refusals: Refusals): OnRefused {
  return (what, detail) => {
    const address = URL.parse(detail);
    const where = address === null ? detail : `${address.protocol}//${address.host}`;
    refusals.add(KINDS[what] ?? 'page-navigation', `${what} ${where}`.trim());
  };
}

export interface WindowParts {
  readonly app: Pick<App, 'commandLine'>;
  /** The session of the windows. */
  readonly screens: Pick<Session, 'isPersistent'>;
  /** The policy that comes with the start page. */
  readonly policy: string;
  readonly packaged: boolean;
  /** Where Chromium keeps what it needs of itself. */
  readonly folder: string;
  readonly refusals: Refusals;
  readonly now: () => Date;
}

/** What the window keeps closed, read from Electron while it runs. */
export function windowProtection({
  app,
  screens,
  policy,
  packaged,
  folder,
  refusals,
  now,
}: WindowParts): HostProtection {
  const at = now().toISOString();
  const resolver = () => app.commandLine.getSwitchValue(RESOLVER_SWITCH);
  const wanted = SWITCHES.find(([name]) => name === RESOLVER_SWITCH)?.[1];
  const { sandbox, contextIsolation, nodeIntegration } = webPreferences(packaged, '');
  const shown = withoutNonce(policy);
  const checks = [
    { id: 'page-policy', at, passed: closesThePage(policy), found: shown },
    { id: 'window-session', at, passed: !screens.isPersistent(), found: `persistent: ${screens.isPersistent()}` },
    { id: 'window-resolver', at, passed: resolver() === wanted, found: resolver() },
  ] as const;
  return {
    refusals,
    layers: () => [
      { id: 'page-policy', basis: 'running', value: shown },
      { id: 'page-guard', basis: 'build', value: null },
      { id: 'no-port', basis: 'build', value: null },
      { id: 'window-requests', basis: 'build', value: APP_ORIGIN },
      { id: 'window-resolver', basis: 'running', value: `--${RESOLVER_SWITCH}=${resolver()}` },
      { id: 'window-session', basis: 'running', value: `persistent: ${screens.isPersistent()}` },
      { id: 'window-navigation', basis: 'build', value: null },
      { id: 'window-permissions', basis: 'running', value: [...ALLOWED_PERMISSIONS].join(' ') },
      {
        id: 'window-sandbox',
        basis: 'running',
        value: `sandbox: ${sandbox}, contextIsolation: ${contextIsolation}, nodeIntegration: ${nodeIntegration}`,
      },
      { id: 'window-messages', basis: 'build', value: null },
      { id: 'window-printing', basis: 'build', value: null },
    ],
    checks: () => checks,
    files: () => [{ id: 'window', path: folder }],
    outside: ['system', 'copies', 'people'],
  };
}
