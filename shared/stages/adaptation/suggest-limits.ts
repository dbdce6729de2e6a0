import type { NeedsResult, Targets } from '../demand/results.ts';
import type { ScenarioLimit } from './limits.ts';
import { type TemplateId, templateOf } from './templates.ts';

/** What stage 1 says as it stands; null where it was not computed or entered. */
export interface LimitSources {
  readonly needs: Pick<NeedsResult, 'needs'> | null;
  readonly targets: Targets | null;
}

/** A decision that has to be explained needs a clear answer first: how many answers must be clear, by what was promised. */
const CLEAR_ANSWERS = { none: null, 'on-request': 0.8, 'every-decision': 0.9 } as const;
/** How often added personal data may not change an answer, by how sensitive the data are. */
const UNMOVED_BY_PERSONAL_DATA = { public: null, internal: null, personal: 0.95, sensitive: 0.98 } as const;

/** The limit that a target or need asks for now; null where nobody asked.
 *  A need heavier than an even share of all needs must be met as well as the whole; a lighter one may fall below it by the template's slice gap. */
function limitOfSource(
  limit: Pick<ScenarioLimit, 'test' | 'needId'>,
  templateId: TemplateId,
  { needs, targets }: LimitSources,
): Pick<ScenarioLimit, 'value' | 'origin'> | null {
  const template = templateOf(templateId).limits;
  switch (limit.test) {
    case 'accuracy':
      return ofTarget('accuracy', targets?.accuracy ?? null);
    case 'latencyP95':
      return ofTarget('latencyMs', targets?.latencyMs ?? null);
    case 'clearAnswer':
      return ofTarget('explainability', CLEAR_ANSWERS[targets?.explainability ?? 'none']);
    case 'personalData':
      return ofTarget('privacy', UNMOVED_BY_PERSONAL_DATA[targets?.privacy ?? 'public']);
    case 'needAccuracy': {
      const need = needs?.needs.find(({ id }) => id === limit.needId);
      const accuracy = targets?.accuracy ?? template.accuracy;
      if (need === undefined || needs === null || accuracy === undefined) return null;
      const heavy = need.weight > 1 / needs.needs.length;
      const value = heavy ? accuracy : Math.max(0, accuracy - (template.sliceGap ?? 0));
      return { value, origin: { type: 'need', needId: need.id } };
    }
    default:
      return null;
  }
}

function ofTarget(
  target: Extract<ScenarioLimit['origin'], { type: 'target' }>['target'],
  value: number | null,
): Pick<ScenarioLimit, 'value' | 'origin'> | null {
  return value === null ? null : { value, origin: { type: 'target', target } };
}

/** Limits for a scenario: what targets and needs ask for, and the template's figures for the rest. Needs are those that the scenario serves, or, where
 *  none is named, those heavier than an even share. */
export function suggestLimits(
  templateId: TemplateId,
  needIds: readonly string[],
  sources: LimitSources,
): ScenarioLimit[] {
  const all = sources.needs?.needs ?? [];
  const served = needIds.length > 0 ? needIds : all.filter(({ weight }) => weight > 1 / all.length).map(({ id }) => id);
  const asked = [
    ...(['accuracy', 'clearAnswer', 'personalData', 'latencyP95'] as const).map((test) => ({ test, needId: null })),
    ...served.map((needId) => ({ test: 'needAccuracy' as const, needId })),
  ].flatMap((limit) => {
    const found = limitOfSource(limit, templateId, sources);
    return found === null ? [] : [{ ...limit, ...found }];
  });
  const taken = new Set<string>(asked.map(({ test }) => test));
  const rest = Object.entries(templateOf(templateId).limits)
    .filter(([test]) => !taken.has(test))
    .map(([test, value]) => ({
      test: test as ScenarioLimit['test'],
      needId: null,
      value,
      origin: { type: 'template' as const, templateId },
    }));
  return [...asked, ...rest];
}

/** Limits as they stand: those of needs and targets with the value of now; `lost` are those whose need or target asks for nothing any more. */
export function followLimits(
  limits: readonly ScenarioLimit[],
  templateId: TemplateId,
  sources: LimitSources,
): { readonly limits: ScenarioLimit[]; readonly lost: ScenarioLimit[] } {
  const standing: ScenarioLimit[] = [];
  const lost: ScenarioLimit[] = [];
  for (const limit of limits) {
    if (limit.origin.type === 'template' || limit.origin.type === 'analyst') {
      standing.push(limit);
      continue;
    }
    const now = limitOfSource(limit, templateId, sources);
    if (now === null) lost.push(limit);
    else standing.push({ ...limit, value: now.value });
  }
  return { limits: standing, lost };
}
