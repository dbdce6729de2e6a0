import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  /** What it does, on hover. */
  readonly hint?: string;
  /** Takes two columns of a form. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A control with its name above. */
export function Field({ label, hint, wide = false, children }: Props) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label className={wide ? 'form-field form-field-wide' : 'form-field'} title={hint}>
      <span>{label}</span>
      {children}
    </label>
  );
}
