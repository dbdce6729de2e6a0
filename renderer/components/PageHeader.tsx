import type { ReactNode } from 'react';
import { GlossedText } from './GlossedText.tsx';

interface Props {
  readonly title: string;
  /** One plain sentence: what this is and how to read it. */
  readonly lead?: string;
  /** At most one primary action, and quiet ones beside it. */
  readonly action?: ReactNode;
}

export function PageHeader({ title, lead, action }: Props) {
  return (
    <header className="page-header">
      <div className="page-header-words">
        <h1>{title}</h1>
        {lead !== undefined && (
          <p>
            <GlossedText text={lead} />
          </p>
        )}
      </div>
      {action !== undefined && <div className="page-header-action">{action}</div>}
    </header>
  );
}
