import type { PAGE_REFUSAL_KINDS } from '../../shared/contract/offline.ts';

type PageRefusal = (typeof PAGE_REFUSAL_KINDS)[number];

const WHAT_CHARACTERS = 300;
/** What the component library writes into the page without the nonce; it loads nothing and runs nothing. */
const STYLES = /^style-src/;

/** The part of the Navigation API that is used here; not every browser has it. */
interface NavigationEvents {
  addEventListener(
    type: 'navigate',
    listener: (event: Event & { readonly destination: { readonly url: string } }) => void,
  ): void;
}

/** Keeps this page where it is, and tells `report` what it or the content security policy stopped. Scripts of ours never do any of this;
 *  the policy holds whatever a script does, the rest is a second line. */
export function guardPage(report: (kind: PageRefusal, what: string) => void): void {
  const tell = (kind: PageRefusal, what: string) => report(kind, what.slice(0, WHAT_CHARACTERS));

  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    if (STYLES.test(effectiveDirective)) return;
    const isScript = ['inline', 'eval', 'wasm-eval', 'trusted-types-sink'].includes(blockedURI);
    tell(
      isScript ? 'page-script' : 'page-address',
      `${effectiveDirective} ${isScript ? blockedURI : originOf(blockedURI)}`,
    );
  });

  const staysHere = (address: string) => {
    const { protocol, host } = new URL(address, window.location.href);
    return protocol === window.location.protocol && host === window.location.host;
  };
  const { navigation } = window as unknown as { readonly navigation?: NavigationEvents };
  navigation?.addEventListener('navigate', (event) => {
    if (staysHere(event.destination.url) || !event.cancelable || isDownload(event)) return;
    event.preventDefault();
    tell('page-navigation', originOf(event.destination.url));
  });
  // A link to a new window starts no navigation of this one.
  document.addEventListener(
    'click',
    (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link === null || link.download !== '' || staysHere(link.href)) return;
      event.preventDefault();
      tell('page-navigation', originOf(link.href));
    },
    true,
  );
  // No policy of a page covers direct calls between browsers; nothing of ours makes any.
  Object.defineProperty(window, 'RTCPeerConnection', {
    configurable: false,
    writable: false,
    value: function RTCPeerConnection() {
      tell('page-address', 'RTCPeerConnection');
      throw new DOMException('refused', 'NotAllowedError');
    },
  });
  Object.defineProperty(window, 'open', {
    configurable: false,
    writable: false,
    value: (address: unknown) => {
      tell('page-navigation', originOf(String(address ?? '')));
      return null;
    },
  });
}

/** Saving a file counts as a navigation to its address. */
function isDownload(event: Event): boolean {
  return 'downloadRequest' in event && event.downloadRequest !== null;
}

/** An address without path and query, which might hold a secret. */
function originOf(address: string): string {
  try {
    const { protocol, host } = new URL(address, window.location.href);
    return `${protocol}//${host}`;
  } catch {
    return '?';
  }
}
