import type { SampleLanguage } from './compose.ts';
import { type SampleStep, step } from './step.ts';

const NAMES: Readonly<Record<SampleLanguage, string>> = {
  'zh-CN': '信贷助手 请求分类',
  en: 'Credit assistant requests',
};

/** The folder that the bank's engineer gets: the compressed model, for the machine that the sample is played on. */
export function packageSteps(language: SampleLanguage, modelId: string): SampleStep[] {
  return [
    step('landing.buildPackage', {
      modelId,
      precision: 'int8',
      name: NAMES[language],
      language,
      platform: null,
    }),
  ];
}
