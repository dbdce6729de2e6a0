/** Room for endings within the 255 bytes of common file systems. */
const MOST_BYTES = 120;
const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be in a file name
const NOT_IN_FILE_NAMES = /[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g;

/** A folder name that every system takes and that leads nowhere else, made from what a person wrote: no separators, no dots or spaces at its
 *  ends, at most 120 bytes of UTF-8. `package` where nothing is left. */
export function folderName(name: string): string {
  const clean = name.normalize('NFC').replace(NOT_IN_FILE_NAMES, ' ').replace(/\s+/g, '-');
  const trimmed = cutToBytes(clean, MOST_BYTES).replace(/^[-. ]+|[-. ]+$/g, '');
  if (trimmed === '') return 'package';
  return RESERVED_ON_WINDOWS.test(trimmed) ? `package-${trimmed}` : trimmed;
}

function cutToBytes(text: string, limit: number): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += encoder.encode(character).length;
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}
