const DAY_MS = 86_400_000;

/** An Excel serial number as ISO text: a date, date and time, or time of day (below 1). Day 60 of the 1900 system, the 29 February
 *  1900 that never was, is shown as 1900-02-28. Null outside 0 … 9999-12-31.
 *  @source ECMA-376 part 1, 18.17.4 */
export function excelSerialToIso(serial: number, date1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return null;
  const seconds = Math.round(serial * 86_400);
  if (!date1904 && seconds < 86_400) return clock(seconds);
  const days = Math.floor(seconds / 86_400);
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const date = new Date(epoch + days * DAY_MS).toISOString().slice(0, 10);
  const rest = seconds - days * 86_400;
  const shown = !date1904 && days === 60 ? '1900-02-28' : date;
  return rest === 0 ? shown : `${shown} ${clock(rest)}`;
}

function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const BUILT_IN_DATES = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const;

/** Whether a number format shows a date or time: a built-in one by its number, a custom one by its letters outside of quoted
 *  text, colours and locale marks. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (BUILT_IN_DATES.some(([from, to]) => id >= from && id <= to)) return true;
  if (code === undefined || /^general$/i.test(code)) return false;
  const letters = code.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  return /[ymdhs]/i.test(letters.split(';')[0] ?? '');
}
