import type { Reply } from '../../../shared/contract/reply.ts';
import { isUndoable } from '../../../shared/contract/undoable.ts';
import type { EngineContext } from '../context.ts';
import type { SlotChange } from '../project/undo.ts';
import type { Failed } from './failure.ts';

const AUDITED_INPUT_CHARACTERS = 4000;

/** A request that was answered, by whom it was made, and what it decided or cleared. */
export interface Answered {
  readonly name: string;
  readonly input: unknown;
  readonly actor: string;
  readonly reply: Reply<unknown>;
  readonly changes: readonly SlotChange[];
}

/** Writes what was done into the audit log, and gives the reply: what cannot be written there is not reported as done. */
export function createAudit(
  { deps, store, undoLog }: EngineContext,
  failed: Failed,
): (answered: Answered) => Reply<unknown> {
  return ({ name, input, actor, reply, changes }) => {
    const at = deps.now().toISOString();
    const text = JSON.stringify(input) ?? '';
    try {
      const sequence = store.audit.append({
        at,
        actor,
        request: name,
        input: text.length > AUDITED_INPUT_CHARACTERS ? `${text.slice(0, AUDITED_INPUT_CHARACTERS)}…` : text,
        outcome: reply.ok ? 'ok' : reply.error.code,
      });
      if (isUndoable(name) && changes.length > 0) undoLog.push({ sequence, request: name, at, changes });
      return reply;
    } catch (error) {
      return reply.ok ? failed(name, error) : reply;
    }
  };
}
