/** Where explanations stand: in the stage of the model that they are about. */

export type ExplainingStage = 'competitiveness' | 'adaptation';

const stageOf = (modelId: string): ExplainingStage => (modelId.startsWith('A') ? 'adaptation' : 'competitiveness');

export const explanationSlot = (modelId: string) => `${stageOf(modelId)}.explanation:${modelId}`;
export const faithfulnessSlot = (modelId: string) => `${stageOf(modelId)}.faithfulness:${modelId}`;
