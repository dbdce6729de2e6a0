import type { Translate } from '../../../../shared/i18n/translate.ts';

/** A part of an encoder in words; layers are counted from 1. */
export function partName(t: Translate, group: string): string {
  const [, layer, module] = group.split('.');
  if (layer === undefined) return t('stage.competitiveness.screen.compression.group.embeddings');
  const kind = module === 'attention' ? 'attention' : 'feed-forward';
  return t(`stage.competitiveness.screen.compression.group.${kind}`, { layer: Number(layer) + 1 });
}
