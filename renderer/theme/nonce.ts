/** The nonce of this document, with which its content security policy lets a style be written. */
export const documentNonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
