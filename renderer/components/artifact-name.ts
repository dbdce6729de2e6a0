export { slotName } from '../../shared/i18n/slot-name.ts';
