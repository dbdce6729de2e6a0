/** Bounds on a file that comes in. What lies beyond them is refused with a code that names the place. */
export const MAX_FILE_BYTES = 2 * 1024 ** 3;
export const MAX_ROWS = 5_000_000;
export const MAX_COLUMNS = 1_000;
/** Characters of one cell (UTF-16 units); also how far an open quote may reach. */
export const MAX_CELL_CHARS = 1024 ** 2;
/** Characters of one record that is not yet complete. */
export const MAX_RECORD_CHARS = 8 * 1024 ** 2;
/** Row-level findings kept of one file; the rest is only counted. */
export const MAX_PROBLEMS = 100;
/** Rows shown before an import. */
export const PREVIEW_ROWS = 50;
/** Rows from which header, roles and delimiter are guessed. */
export const SAMPLE_ROWS = 1_000;
