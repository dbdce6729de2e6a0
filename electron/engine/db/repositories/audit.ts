import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';

export interface AuditEntry {
  readonly sequence: number;
  readonly at: string;
  readonly actor: string;
  readonly request: string;
  readonly input: string;
  readonly outcome: string;
  readonly hash: string;
}

export interface AuditRepository {
  /** Gives the number of the new entry. */
  append(entry: Omit<AuditEntry, 'sequence' | 'hash'>): number;
  /** Newest first. */
  page(offset: number, limit: number): readonly AuditEntry[];
  count(): number;
  /** Whether every entry's hash covers its content and the entry before it, without a gap. */
  isIntact(): boolean;
  /** Place of the first entry that breaks the chain; null where it holds. */
  firstBreak(): number | null;
}

interface AuditRow extends AuditEntry {
  readonly previous_hash: string;
}

const GENESIS = '0'.repeat(64);

function entryHash(sequence: number, previous: string, entry: Omit<AuditEntry, 'sequence' | 'hash'>): string {
  const content = JSON.stringify([
    sequence,
    previous,
    entry.at,
    entry.actor,
    entry.request,
    entry.input,
    entry.outcome,
  ]);
  return createHash('sha256').update(content).digest('hex');
}

export function createAuditRepository(db: Database.Database): AuditRepository {
  const last = db.prepare('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1');
  const insert = db.prepare(
    `INSERT INTO audit (sequence, at, actor, request, input, outcome, previous_hash, hash)
     VALUES (@sequence, @at, @actor, @request, @input, @outcome, @previous, @hash)`,
  );
  const page = db.prepare(
    'SELECT sequence, at, actor, request, input, outcome, hash FROM audit ORDER BY sequence DESC LIMIT ? OFFSET ?',
  );
  const count = db.prepare('SELECT count(*) AS n FROM audit');
  const walk = db.prepare('SELECT * FROM audit ORDER BY sequence');
  const firstBreak = (): number | null => {
    let previous = GENESIS;
    let sequence = 0;
    for (const row of walk.iterate() as IterableIterator<AuditRow>) {
      sequence += 1;
      if (row.sequence !== sequence || row.previous_hash !== previous) return sequence;
      if (row.hash !== entryHash(sequence, previous, row)) return sequence;
      previous = row.hash;
    }
    return null;
  };
  return {
    append(entry) {
      const before = last.get() as { sequence: number; hash: string } | undefined;
      const sequence = (before?.sequence ?? 0) + 1;
      const previous = before?.hash ?? GENESIS;
      insert.run({ ...entry, sequence, previous, hash: entryHash(sequence, previous, entry) });
      return sequence;
    },
    page: (offset, limit) => page.all(limit, offset) as AuditEntry[],
    count: () => (count.get() as { n: number }).n,
    isIntact: () => firstBreak() === null,
    firstBreak,
  };
}
