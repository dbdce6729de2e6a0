/** `2026-11-24 03:57` of an ISO time, in UTC: the same on every machine that opens the report. */
export function utcTime(iso: string): string {
  return new Date(iso).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
}
