/** What a page may load from under the policy of this host; every other source would be a way out. */
const OWN_SOURCES = /^(?:'none'|'self'|'nonce-[^']*'|data:|blob:)$/;

/** Whether a policy lets a page reach its own host only, and run no script but its own. Styles in attributes are let be: they load nothing that other directives do not allow. */
export function closesThePage(policy: string): boolean {
  const directives = new Map(
    policy.split(';').map((part) => {
      const [name = '', ...sources] = part.trim().split(/\s+/);
      return [name, sources] as const;
    }),
  );
  const is = (name: string, sources: string) => directives.get(name)?.join(' ') === sources;
  return (
    is('default-src', "'none'") &&
    is('script-src', "'self'") &&
    is('connect-src', "'self'") &&
    is('form-action', "'none'") &&
    is('base-uri', "'none'") &&
    [...directives].every(
      ([name, sources]) => name === 'style-src-attr' || sources.every((one) => OWN_SOURCES.test(one)),
    )
  );
}

/** A policy as it is shown: the nonce is a secret of its document. */
export function withoutNonce(policy: string): string {
  return policy.replace(/'nonce-[^']*'/, "'nonce-…'");
}
