import type { ReportSection } from '../contract/report.ts';
import { STAGE_IDS, type StageId } from '../contract/stage.ts';
import { slotName } from '../i18n/slot-name.ts';
import { isI18nKey, type Translate } from '../i18n/translate.ts';
import { answers } from './answers.ts';
import { type AnswerItem, type Block, isFigure, type SectionDocument } from './blocks.ts';
import { type Reading, type ReportInput, readingOf } from './input.ts';
import { writerOf } from './sections/registry.ts';

/** A whole report before it becomes HTML. */
export interface ReportModel {
  readonly title: string;
  readonly answers: readonly AnswerItem[];
  readonly summaryComments: readonly string[];
  readonly staleSlots: readonly string[];
  readonly missing: readonly { readonly stage: StageId; readonly steps: readonly string[] }[];
  readonly stages: readonly { readonly stage: StageId; readonly sections: readonly SectionDocument[] }[];
  readonly unreadable: readonly string[];
}

/** Figures of a report: what bears a method line. */
export function figuresOf(blocks: readonly Block[]): number {
  return blocks.filter(isFigure).length;
}

export function buildReport(input: ReportInput, t: Translate): ReportModel {
  const { choice, project, sections } = input;
  const reading = readingOf(input, t);
  const stages = STAGE_IDS.flatMap((stage) => {
    const own = sections.filter((section) => section.stage === stage);
    return own.length === 0
      ? []
      : [{ stage, sections: own.map((section) => writeSection(section, input, reading, t)) }];
  });
  const missing = STAGE_IDS.flatMap((stage) => {
    const steps = sections
      .filter((section) => section.stage === stage && section.state === 'missing')
      .map(({ step }) => stepTitle(t, stage, step));
    return steps.length === 0 ? [] : [{ stage, steps }];
  });
  return {
    title: choice.title === '' ? project.name : choice.title,
    answers: answers(reading.reader),
    summaryComments: choice.comments.filter(({ section }) => section === 'summary').map(({ text }) => text),
    staleSlots: [...new Set(sections.flatMap((section) => section.staleSlots))],
    missing,
    stages,
    unreadable: [...reading.unreadable],
  };
}

function stepTitle(t: Translate, stage: StageId, step: string): string {
  const key = `stage.${stage}.step.${step}.title`;
  return isI18nKey(key) ? t(key) : step;
}

function writeSection(section: ReportSection, input: ReportInput, reading: Reading, t: Translate): SectionDocument {
  const { id, stage, step, state, slots, missingKinds } = section;
  const leadKey = `stage.${stage}.step.${step}.lead`;
  const what = missingKinds.map((kind) => slotName(t, kind)).join(t('list.separator'));
  const written = writerOf(stage, step)(reading.reader);
  const blocks: Block[] = [
    ...input.choice.comments
      .filter((comment) => comment.section === id)
      .map(({ text }): Block => ({ type: 'comment', text, author: input.choice.author })),
    ...(state === 'full' ? [] : [{ type: 'note', tone: 'missing', text: stateText(t, state, what) } as const]),
    ...slots
      .filter((slot) => reading.unreadable.has(slot))
      .map(
        (slot): Block => ({
          type: 'note',
          tone: 'attention',
          text: t('report.sheet.unreadable', { slot: slotName(t, slot) }),
        }),
      ),
    ...withStaleNotes(written, t),
  ];
  return { id, title: stepTitle(t, stage, step), lead: isI18nKey(leadKey) ? t(leadKey) : '', state, blocks };
}

function stateText(t: Translate, state: 'partial' | 'missing', what: string): string {
  if (what === '') return t('report.sheet.notStarted');
  return t(`report.sheet.${state === 'missing' ? 'notDone' : 'partial'}`, { what });
}

/** Before the first figure of each stale result stands why it no longer holds. */
function withStaleNotes(blocks: readonly Block[], t: Translate): readonly Block[] {
  const said = new Set<string>();
  return blocks.flatMap((block): readonly Block[] => {
    if (!isFigure(block)) return [block];
    const news = block.basis.sources.filter(({ id, stale }) => stale.length > 0 && !said.has(id));
    for (const { id } of news) said.add(id);
    const notes = news.map(({ slot, stale }): Block => {
      const reasons = stale.map((reason) =>
        t(`report.sheet.staleReason.${reason.type}`, { slot: slotName(t, reason.slot) }),
      );
      return {
        type: 'note',
        tone: 'attention',
        text: `▲ ${slotName(t, slot)} — ${t('report.sheet.staleFigure', { reasons: [...new Set(reasons)].join(t('list.separator')) })}`,
      };
    });
    return [...notes, block];
  });
}
