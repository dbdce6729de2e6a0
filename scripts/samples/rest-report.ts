import type { SampleLanguage } from './compose.ts';
import { type SampleStep, step } from './step.ts';

const AUTHORS: Readonly<Record<SampleLanguage, string>> = { 'zh-CN': '客户成功团队', en: 'Customer success team' };

/** What the one button does last: the report over all stages, in the language of the sample. */
export function reportRest(language: SampleLanguage): SampleStep[] {
  return [
    step('report.build', {
      language,
      sections: null,
      title: '',
      author: AUTHORS[language],
      comments: [],
      pdf: true,
    }),
  ];
}
