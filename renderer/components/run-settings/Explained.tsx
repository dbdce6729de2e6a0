import type { ReactNode } from 'react';
import { GlossedText } from '../GlossedText.tsx';

/** A field with when to use it below. */
export function Explained({ hint, children }: { readonly hint: string; readonly children: ReactNode }) {
  return (
    <div className="more-settings-field">
      {children}
      <p className="muted small">
        <GlossedText text={hint} />
      </p>
    </div>
  );
}
