type Listener = (slots: readonly string[] | null) => void;

const listeners = new Set<Listener>();
const lastValues = new Map<string, unknown>();

/** Tells open views which slots changed; null: unknown, anything may have. */
export function announceChange(slots: readonly string[] | null): void {
  for (const listener of listeners) listener(slots);
}

export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The last value of a view, so that a step shows it at once when it is come back to. */
export function rememberedView(key: string): unknown {
  return lastValues.get(key);
}

export function rememberView(key: string, value: unknown): void {
  lastValues.set(key, value);
}

/** When another project is opened, nothing of the one before may show. */
export function forgetViews(): void {
  lastValues.clear();
}

/** Whether a change of `changed` slots touches what a view reads; `watched` names slots or kinds, or everything where undefined. */
export function touches(watched: readonly string[] | undefined, changed: readonly string[] | null): boolean {
  if (watched === undefined || changed === null) return true;
  return changed.some((slot) => watched.some((name) => slot === name || slot.startsWith(`${name}:`)));
}
