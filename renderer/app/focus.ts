/** Brings what a key gave the focus wholly into view, until the returned function is called. Browsers scroll to what lies outside of its
 *  box, but leave a control of which an edge shows where it is, as the last column of a wide table. */
export function followFocus(): () => void {
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  document.addEventListener('focusin', onFocus);
  return () => document.removeEventListener('focusin', onFocus);
}
