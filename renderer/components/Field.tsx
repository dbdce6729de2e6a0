import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  /** What it does, on hover. */
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A control with its name above. */
export function Field({ label, hint, children }: Props) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label className="form-field" title={hint}>
      <span>{label}</span>
      {children}
    </label>
  );
}
