import type { ReactNode } from 'react';

interface Props {
  readonly tone: 'accent' | 'muted' | 'failed' | 'attention' | 'running';
  /** All of it in words. */
  readonly text: string;
  readonly selected?: boolean;
  /** Left out: the mark opens nothing. */
  readonly onSelect?: () => void;
  readonly children: ReactNode;
}

/** A mark of a chart; a button by mouse and keyboard where it opens something. */
export function PlotMark({ tone, text, selected, onSelect, children }: Props) {
  if (onSelect === undefined) {
    return (
      <g className={`tone-${tone}`}>
        <title>{text}</title>
        {children}
      </g>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG has no button element.
    <g
      className={`tone-${tone} chart-link`}
      role="button"
      tabIndex={0}
      aria-label={text}
      aria-pressed={selected}
      onClick={onSelect}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') onSelect();
      }}
    >
      <title>{text}</title>
      {children}
    </g>
  );
}
