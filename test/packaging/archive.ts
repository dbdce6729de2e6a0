import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const fileSchema = z.object({
  size: z.int(),
  offset: z.string().optional(),
  unpacked: z.boolean().optional(),
  integrity: z.object({ algorithm: z.literal('SHA256'), hash: z.string() }),
});
const folderSchema: z.ZodType<Folder> = z.object({
  files: z.record(
    z.string(),
    z.lazy(() => z.union([folderSchema, fileSchema])),
  ),
});
type Entry = z.output<typeof fileSchema>;
interface Folder {
  readonly files: Record<string, Folder | Entry>;
}

/** A file of an archive, as its header describes it. */
export interface ArchivedFile {
  readonly path: string;
  /** Lies in the folder beside the archive. */
  readonly unpacked: boolean;
  /** SHA-256 that Electron compares when it reads the file. */
  readonly sha256: string;
  readonly content: Buffer;
}

/** Reads an asar archive with a reader of our own, so that the packer does not check itself.
 *  @source electron/asar README, "Format" */
export function readArchive(archive: string): readonly ArchivedFile[] {
  const bytes = readFileSync(archive);
  const headerSize = bytes.readUInt32LE(4);
  const header = bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8');
  const walk = (folder: Folder, at: string): ArchivedFile[] =>
    Object.entries(folder.files).flatMap(([name, entry]) => {
      const path = at === '' ? name : `${at}/${name}`;
      if ('files' in entry) return walk(entry, path);
      const unpacked = entry.unpacked === true;
      const start = 8 + headerSize + Number(entry.offset ?? 0);
      const content = unpacked
        ? readFileSync(join(`${archive}.unpacked`, path))
        : bytes.subarray(start, start + entry.size);
      return [{ path, unpacked, sha256: entry.integrity.hash, content }];
    });
  return walk(folderSchema.parse(JSON.parse(header)), '');
}

/** Lays an archive out as a folder, as Electron shows it to the code inside. */
export function layOut(archive: string, folder: string): void {
  for (const { path, unpacked, content } of readArchive(archive)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (unpacked) copyFileSync(join(`${archive}.unpacked`, path), file);
    else writeFileSync(file, content);
  }
}
