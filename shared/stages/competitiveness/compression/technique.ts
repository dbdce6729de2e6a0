/** Ways of making a run smaller that this product has. */
export const COMPRESSION_TECHNIQUES = ['int8'] as const;
