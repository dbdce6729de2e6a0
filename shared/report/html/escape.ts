const REPLACED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const LAYOUT = new Set(['\t', '\n', '\r']);

/** Any text, without control characters and halves of characters, as text of an HTML or SVG document, inside elements and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}/gu, (sign) => (LAYOUT.has(sign) ? sign : ''))
    .replace(/[&<>"']/g, (sign) => REPLACED[sign] ?? sign);
}
