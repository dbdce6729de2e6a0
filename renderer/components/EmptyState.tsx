import type { ReactNode } from 'react';

interface Props {
  /** What is absent. */
  readonly title: string;
  /** What this place will show, and what brings it about. */
  readonly hint: string;
  /** The first action. */
  readonly action?: ReactNode;
}

export function EmptyState({ title, hint, action }: Props) {
  return (
    <div className="empty-state" data-testid="empty-state">
      <strong>{title}</strong>
      <p>{hint}</p>
      {action}
    </div>
  );
}
