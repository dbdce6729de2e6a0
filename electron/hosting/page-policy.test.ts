import { expect, it } from 'vitest';
import { closesThePage } from './page-policy.ts';
import { contentSecurityPolicy } from './security-headers.ts';

const own = contentSecurityPolicy('abc');

it('the policy of this host leaves no way out', () => {
  expect(closesThePage(own)).toBe(true);
});

it.each([
  ['no policy', ''],
  ['an address to connect to', own.replace("connect-src 'self'", "connect-src 'self' https://evil.test")],
  ['any address to connect to', own.replace("connect-src 'self'", 'connect-src *')],
  ['no rule for connections', own.replace("connect-src 'self'; ", '')],
  ['scripts in the page', own.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")],
  ['eval', own.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'")],
  ['pictures from elsewhere', own.replace('img-src', 'img-src https:')],
  ['forms to elsewhere', own.replace("form-action 'none'", "form-action 'self' https://evil.test")],
  ['everything not named', own.replace("default-src 'none'", 'default-src *')],
])('a policy with %s does', (_, policy) => {
  expect(closesThePage(policy)).toBe(false);
});
