/** Of a document that stands alone: nothing may be fetched and nothing may run; styles of this document alone. */
export const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
