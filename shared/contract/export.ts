import { z } from 'zod';

/** Files that were written beside the project. */
export const exportedFilesSchema = z.strictObject({
  folder: z.string(),
  files: z.array(
    z.strictObject({
      name: z.string(),
      /** What the table says of itself. */
      title: z.string(),
      rows: z.int(),
      bytes: z.int(),
    }),
  ),
});
export type ExportedFiles = z.output<typeof exportedFilesSchema>;
