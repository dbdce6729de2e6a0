import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;

/** Lets in whoever knows the secret of this launch, and takes equally long to refuse every other. */
export interface TokenGate {
  readonly token: string;
  /** Length of the secret. */
  readonly bits: number;
  accepts(candidate: unknown): boolean;
  acceptsHeader(authorization: string | undefined): boolean;
}

export function createTokenGate(): TokenGate {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(token);
  const accepts = (candidate: unknown) => typeof candidate === 'string' && timingSafeEqual(digest(candidate), expected);
  return {
    token,
    bits: TOKEN_BYTES * 8,
    accepts,
    acceptsHeader: (authorization) => accepts(/^Bearer ([\w-]{1,128})$/.exec(authorization ?? '')?.[1]),
  };
}
