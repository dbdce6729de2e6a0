const isMac = navigator.platform.startsWith('Mac');
/** The key that commands are given with on this machine. */
export const modifierName = isMac ? '⌘' : 'Ctrl';
