import type { ReactNode } from 'react';

interface Props {
  readonly title?: string;
  /** Quiet actions at the right of the title. */
  readonly extra?: ReactNode;
  readonly children: ReactNode;
  /** Without inner space, for a table that reaches the edge. */
  readonly flush?: boolean;
  /** A row of its own where cards stand side by side. */
  readonly wide?: boolean;
  readonly testId?: string;
}

export function Card({ title, extra, children, flush = false, wide = false, testId }: Props) {
  return (
    <section
      className={['card', flush && 'card-flush', wide && 'card-wide'].filter(Boolean).join(' ')}
      data-testid={testId}
      aria-label={title}
    >
      {(title !== undefined || extra !== undefined) && (
        <div className="card-head">
          {title !== undefined && <h2>{title}</h2>}
          {extra !== undefined && <div className="card-extra">{extra}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
