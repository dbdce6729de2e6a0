import type { Translate } from '../../../../shared/i18n/translate.ts';

/** A part of an encoder in words; layers are counted from 1. */
export function partName(t: Translate, group: string): string {
  const [name, layer, module] = group.split('.');
  if (layer === undefined) {
    return t(`stage.competitiveness.screen.compression.group.${name === 'vocabulary' ? 'vocabulary' : 'embeddings'}`);
  }
  if (module === undefined)
    return t('stage.competitiveness.screen.compression.group.layer', { layer: Number(layer) + 1 });
  const kind = module === 'attention' ? 'attention' : 'feed-forward';
  return t(`stage.competitiveness.screen.compression.group.${kind}`, { layer: Number(layer) + 1 });
}
