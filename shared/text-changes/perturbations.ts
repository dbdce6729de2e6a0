/** Harmless changes of a text that a model should not mind. `case` is of texts with Latin letters only, `homophones` (characters that sound or
 *  look alike), `width` and `script` (simplified and traditional) of Chinese ones. */
export const PERTURBATION_IDS = [
  'typos',
  'case',
  'punctuation',
  'spaces',
  'homophones',
  'width',
  'script',
  'emoji',
  'personalData',
] as const;
export type PerturbationId = (typeof PERTURBATION_IDS)[number];
