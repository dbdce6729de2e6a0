import type { TextShape } from '../../i18n/text-shape.ts';
import { demandScreenEn } from './screen.en.ts';
import type { demandTextsZhCN } from './texts.zh-CN.ts';

export const demandTextsEn: TextShape<typeof demandTextsZhCN> = {
  name: 'Demand',
  about: 'Cleans and groups surveys, feedback and tickets into how much each need matters and how sure that is: f1(D).',
  step: {
    import: {
      title: 'Import',
      lead: 'Read surveys, feedback, tickets and interviews, and say what each column is for. Raw rows are always kept.',
    },
    clean: {
      title: 'Clean',
      lead: 'Every cleaning step is on record and can be switched off; see which rows it removes.',
    },
    topics: {
      title: 'Topics and codes',
      lead: 'Groups texts of similar meaning; rename and merge them, and your edits survive a recompute.',
    },
    drivers: {
      title: 'Scores and drivers',
      lead: 'What drives overall satisfaction; thin lines are 95 % intervals.',
    },
    needs: {
      title: 'Need model f1',
      lead: 'How much each need matters and how sure that is. Bars show where the weight comes from, thin lines the 95 % interval over resamples.',
    },
  },
  figure: {
    rows: '{count, plural:row|rows} of feedback',
    needs: '{count, plural:need|needs}',
    firstNeed: 'first need: {text}',
  },
  next: {
    import: 'Import a first survey or feedback file',
    clean: 'Clean {count} new {count, plural:dataset|datasets}',
    topics: 'Find topics in the texts',
    drivers: 'Find what drives satisfaction in “{dataset}”',
    needs: 'Compute the need model f1',
    targets: 'Set targets for the needs',
  },
  artifact: {
    dataset: 'Dataset',
    adoption: 'Adoption into D',
    roles: 'Column roles',
    clean: 'Cleaning',
    embeddings: 'Text vectors',
    topics: 'Topics',
    topicEdits: 'Topic edits',
    satisfaction: 'Satisfaction of texts',
    scores: 'Satisfaction scores',
    drivers: 'Driver analysis',
    needsSetup: 'Need setup',
    needs: 'Need model f1',
    targets: 'Targets',
    requirements: 'Requirement parameters',
  },
  screen: demandScreenEn,
};
