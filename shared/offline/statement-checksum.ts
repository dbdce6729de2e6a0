/** Stands in a statement in place of its checksum while that is taken. */
export const UNSIGNED = '0'.repeat(64);

const MARK = 'id="checksum">';

/** Puts a checksum into a statement made without one. */
export function withChecksum(html: string, sha256: string): string {
  return html.replace(`${MARK}${UNSIGNED}`, `${MARK}${sha256}`);
}
