import { STAGE_IDS } from '../../shared/contract/stage.ts';
import type { shortcutTextsZhCN } from '../../shared/help/shortcuts.zh-CN.ts';
import { useInspector } from './inspector.ts';
import { goToStep, useNavigation } from './navigation.ts';
import { usePalette } from './palette-state.ts';
import { modifierName } from './platform.ts';
import { moveRegion } from './regions.ts';
import { useSession } from './session.ts';
import { STAGE_STEPS } from './stage-steps.ts';
import { moveInTable } from './table-keys.ts';
import { redoLast, undoLast } from './undo.ts';

type ShortcutId = keyof typeof shortcutTextsZhCN.list;

/** The keys of every shortcut, as they are shown. */
export const SHORTCUT_KEYS: { readonly [S in ShortcutId]: string } = {
  palette: `${modifierName} K`,
  help: '?',
  undo: `${modifierName} Z`,
  redo: `${modifierName} ⇧ Z`,
  nextStep: 'Alt ↓',
  previousStep: 'Alt ↑',
  inspector: 'Alt I',
  region: 'F6',
  rows: '↑ ↓',
  escape: 'Esc',
};

export const SHORTCUTS = Object.keys(SHORTCUT_KEYS) as readonly ShortcutId[];

/** The step before or after the one that is shown, over all five stages. */
function moveStep(by: 1 | -1): void {
  const { place } = useNavigation.getState();
  const all = STAGE_IDS.flatMap((stage) => STAGE_STEPS[stage].map((step) => ({ stage, step })));
  const at = all.findIndex(({ stage, step }) => place.type === 'step' && place.stage === stage && place.step === step);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  if (next !== undefined) goToStep(next.stage, next.step);
}

/** Whether keys belong to the element: it is typed into, or chooses with arrows itself. */
function takesKeys(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest(
        'input:not([type="checkbox"]), textarea, select, [role="combobox"], [role="listbox"], [role="radiogroup"], [role="slider"]',
      ) !== null)
  );
}

const isModal = () =>
  document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null;

/** What a key does here; null where it is nobody's. */
function actionOf(event: KeyboardEvent): (() => unknown) | null {
  const open = useSession.getState().projectId !== null;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  const { show } = usePalette.getState();
  if (open && command && key === 'k') return () => show('palette');
  if (event.key === 'F6') return () => moveRegion(event.shiftKey ? -1 : 1);
  if (takesKeys(event.target)) return null;
  if (event.key === '?' && !command) return () => show('shortcuts');
  if (isModal()) return null;
  if (open && command && key === 'z') return event.shiftKey ? redoLast : undoLast;
  if (open && command && key === 'y') return redoLast;
  if (open && event.altKey && !command) {
    if (event.key === 'ArrowDown') return () => moveStep(1);
    if (event.key === 'ArrowUp') return () => moveStep(-1);
    const { fold, folded } = useInspector.getState();
    // The code, not the character: on some keyboards Alt and a letter write another character.
    if (event.code === 'KeyI') return () => fold(!folded);
  }
  const { target } = event;
  if (command || event.altKey || !(target instanceof HTMLElement)) return null;
  return () => moveInTable(target, event.key);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const action = actionOf(event);
  if (action !== null && action() !== false) event.preventDefault();
}

/** Listens for shortcuts until the returned function is called. */
export function followShortcuts(): () => void {
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
