import { useEffect, useState } from 'react';

const MARK = 'data-tour';

function firstOf(targets: readonly string[]): Element | null {
  for (const selector of targets) {
    const found = document.querySelector(selector);
    if (found !== null) return found;
  }
  return null;
}

/** Marks what a stop points at, and again when the screen draws it anew; the selector that was found, null where none is there. */
export function useTarget(targets: readonly string[]): string | null {
  const [found, setFound] = useState<string | null>(null);
  useEffect(() => {
    let marked: Element | null = null;
    const look = () => {
      const element = firstOf(targets);
      setFound(element === null ? null : (targets.find((selector) => element.matches(selector)) ?? null));
      if (element === marked && element?.hasAttribute(MARK) !== false) return;
      marked?.removeAttribute(MARK);
      marked = element;
      if (element === null) return;
      element.setAttribute(MARK, 'here');
      element.scrollIntoView({ block: 'nearest' });
    };
    look();
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      marked?.removeAttribute(MARK);
    };
  }, [targets]);
  return found;
}
