import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { VERIFY_CHECKS, type Verification, type VerifyCheck } from '../../../shared/contract/project.ts';
import type { EngineContext } from '../context.ts';
import { StoredRowError } from '../db/stored-row.ts';
import { contentHash } from '../project-store.ts';

const PROBLEMS_SHOWN = 20;
/** Bytes hashed between two turns of the event loop: some tens of milliseconds. */
const BYTES_PER_TURN = 16_000_000;
const RESULTS_PER_TURN = 50;

interface Findings {
  readonly count: number;
  readonly problems: readonly string[];
}

/** One part of the verification; it gives way to other requests each time that it tells how far it is. */
type Check = (context: EngineContext, tell: (done: number, total: number) => Promise<void>) => Promise<Findings>;

const CHECKS: Readonly<Record<VerifyCheck, Check>> = {
  pages: async ({ store }, tell) => {
    const tables = store.file.tables();
    const problems: string[] = [];
    for (const [index, table] of tables.entries()) {
      await tell(index, tables.length);
      problems.push(...store.file.tableFindings(table, PROBLEMS_SHOWN));
    }
    return { count: store.file.pageCount(), problems };
  },
  references: async ({ store }) => ({
    count: store.file.tables().length,
    problems: store.file.brokenReferences().map(({ table, rows }) => `${table}: ${rows}`),
  }),
  chunks: async ({ store }, tell) => {
    const ids = store.blobs.chunkIds();
    const problems: string[] = [];
    let bytesSince = BYTES_PER_TURN;
    for (const [index, id] of ids.entries()) {
      if (bytesSince >= BYTES_PER_TURN) {
        await tell(index, ids.length);
        bytesSince = 0;
      }
      const { sha256, bytes } = store.blobs.chunk(id);
      bytesSince += bytes.length;
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) problems.push(`chunk ${id}`);
    }
    return { count: ids.length, problems };
  },
  parts: async ({ store }, tell) => {
    const wanted = new Map(
      store.artifacts.ids().flatMap((id) => {
        const parts = Object.entries(store.artifacts.readAgain(id).parts);
        return parts.map(([name, { blob, bytes }]) => [blob, { bytes, of: `${id} ${name}` }] as const);
      }),
    );
    const problems: string[] = [];
    let done = 0;
    for (const [blob, { bytes, of }] of wanted) {
      await tell(done++, wanted.size);
      if (!(await isWhole(store.blobs, blob, bytes))) problems.push(of);
    }
    return { count: wanted.size, problems };
  },
  results: async (context, tell) => {
    const ids = context.store.artifacts.ids();
    const problems: string[] = [];
    let count = 0;
    for (const [index, id] of ids.entries()) {
      if (index % RESULTS_PER_TURN === 0) await tell(index, ids.length);
      const asWritten = isAsWritten(context, id);
      if (asWritten !== null) count++;
      if (asWritten === false) problems.push(id);
    }
    return { count, problems };
  },
  audit: async ({ store }) => {
    const broken = store.audit.firstBreak();
    return { count: store.audit.count(), problems: broken === null ? [] : [`#${broken}`] };
  },
};

/** Whether a result still has the hash that it was published under; null where an earlier revision of the code may have left other fields out of it.
 *  @throws StoredRowError */
export function isAsWritten({ store, kinds }: Pick<EngineContext, 'store' | 'kinds'>, id: string): boolean | null {
  const artifact = store.artifacts.readAgain(id);
  const kind = kinds.get(artifact.kind);
  if (kind === undefined || artifact.codeVersion !== `${kind.name}@${kind.revision}`) return null;
  return contentHash(artifact.result, artifact.parts, kind.outsideHash ?? []) === artifact.hash;
}

/** Whether the chunks of a blob, in their order, are the bytes that its name is the hash of. */
async function isWhole(blobs: EngineContext['store']['blobs'], blob: string, bytes: number): Promise<boolean> {
  const hash = createHash('sha256');
  let length = 0;
  let nextTurn = BYTES_PER_TURN;
  for (const id of blobs.chunksOf(blob)) {
    const chunk = blobs.chunk(id).bytes;
    hash.update(chunk);
    length += chunk.length;
    if (length < nextTurn) continue;
    nextTurn += BYTES_PER_TURN;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return length === bytes && hash.digest('hex') === blob;
}

/** Reads the whole project file and says what of it holds. Nothing is changed; what cannot be read counts as a problem. */
export async function verify(
  context: EngineContext,
  onProgress: (check: VerifyCheck, done: number, total: number) => void,
): Promise<Verification> {
  const { deps, path } = context;
  const startedMs = deps.monotonicMs();
  const checks: Verification['checks'] = [];
  for (const check of VERIFY_CHECKS) {
    const tell = async (done: number, total: number) => {
      onProgress(check, done, total);
      await new Promise((resolve) => setImmediate(resolve));
    };
    await tell(0, 1);
    const { count, problems } = await CHECKS[check](context, tell).catch(asFindings);
    checks.push({ check, count, problemCount: problems.length, problems: problems.slice(0, PROBLEMS_SHOWN) });
  }
  return {
    at: deps.now().toISOString(),
    bytes: statSync(path).size,
    durationMs: deps.monotonicMs() - startedMs,
    intact: checks.every(({ problemCount }) => problemCount === 0),
    checks,
  };
}

/** A damaged page ends the check that meets it. */
function asFindings(error: unknown): Findings {
  const code = (error as { code?: unknown } | null)?.code;
  const damaged = error instanceof StoredRowError || (typeof code === 'string' && code.startsWith('SQLITE_'));
  if (!damaged) throw error;
  return { count: 0, problems: [(error as Error).message] };
}
