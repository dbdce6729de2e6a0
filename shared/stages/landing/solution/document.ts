import type { Business, DocumentLine, DocumentSection, SolutionResult, SolutionSettings } from './results.ts';

type Facts = Pick<SolutionResult, 'model' | 'scenario' | 'sizing' | 'business' | 'risks'>;

const SOLUTION_SLOT = 'landing.solution';

function line(id: string, more: Partial<Omit<DocumentLine, 'id'>> = {}): DocumentLine {
  return { id, params: {}, words: null, value: null, low: null, high: null, unit: 'none', slot: null, ...more };
}

/** The solution as a document: sections of lines, each with the number that it states and the slot where that stands. Ids are of texts,
 *  so that a screen and a report say the same. */
export function solutionDocument(settings: SolutionSettings, facts: Facts): DocumentSection[] {
  return [
    { id: 'model', lines: modelLines(facts) },
    { id: 'sizing', lines: sizingLines(facts, settings) },
    {
      id: 'components',
      lines: settings.components.map(({ kind, name, what, where, who }) =>
        line(`component.${kind}`, { params: { name, what, where, who } }),
      ),
    },
    {
      id: 'data',
      lines: settings.dataAccess.map(({ source, fields, personalData, retentionDays }) =>
        line(retentionDays === null ? 'data.noRetention' : 'data.source', {
          params: { source, fields, personalData, days: retentionDays ?? 0 },
        }),
      ),
    },
    {
      id: 'integration',
      lines: [
        line(`interface.${settings.integration.interface}`),
        line(`authentication.${settings.integration.authentication}`),
        ...(settings.integration.note === '' ? [] : [line('words', { words: settings.integration.note })]),
      ],
    },
    { id: 'costs', lines: costLines(facts.business) },
    {
      id: 'risks',
      lines: facts.risks.map(({ code, name, likelihood, impact, score, mitigation, owner, fact }) =>
        line(code === null ? 'risk.own' : `risk.${code}`, {
          params: { ...fact?.params, name, likelihood, impact, mitigation, owner },
          value: score,
          unit: 'count',
          slot: fact?.slot ?? null,
        }),
      ),
    },
    { id: 'assumptions', lines: settings.assumptions.map((words) => line('words', { words })) },
  ];
}

function modelLines({ model, scenario }: Facts): DocumentLine[] {
  const { slot } = model;
  return [
    line('model.name', { params: { id: model.id, name: model.name }, slot }),
    line('model.accuracy', {
      params: { rows: model.testRows },
      value: model.accuracy.value,
      low: model.accuracy.low,
      high: model.accuracy.high,
      unit: 'share',
      slot,
    }),
    line('model.size', { value: model.sizeMb, unit: 'megabytes', slot }),
    scenario === null
      ? line('model.noScenario')
      : line('model.scenario', { params: { id: scenario.id, name: scenario.name }, slot: scenario.slot }),
  ];
}

function sizingLines({ sizing, model }: Facts, { load }: SolutionSettings): DocumentLine[] {
  if (sizing === null) return [line('sizing.none', { slot: model.slot })];
  const own = { slot: SOLUTION_SLOT };
  const { peakPerSecond: peak, instances, waiting } = sizing;
  return [
    line('sizing.recommended', {
      params: { spare: load.spareInstances },
      value: sizing.recommended,
      unit: 'count',
      ...own,
    }),
    line('sizing.instances', {
      value: instances.likely,
      low: instances.low,
      high: instances.high,
      unit: 'count',
      ...own,
    }),
    line('sizing.peak', { value: peak.likely, low: peak.low, high: peak.high, unit: 'per-second', ...own }),
    line('sizing.throughput', {
      params: { threads: sizing.threadsPerInstance },
      value: sizing.perInstancePerSecond,
      unit: 'per-second',
      slot: model.slot,
    }),
    line('sizing.cores', { value: sizing.cores, unit: 'count', ...own }),
    line('sizing.memory', { value: sizing.memoryMb, unit: 'megabytes', ...own }),
    line('sizing.disk', { params: { days: load.logDays }, value: sizing.diskMb, unit: 'megabytes', ...own }),
    line('sizing.capacity', { value: sizing.capacityFactor, unit: 'times', ...own }),
    line('sizing.utilisation', { value: waiting?.utilisation ?? null, unit: 'share', ...own }),
    line('sizing.wait', { value: waiting?.p95WaitMs ?? null, unit: 'milliseconds', ...own }),
    line(sizing.limitMs === null ? 'sizing.response' : 'sizing.responseLimit', {
      params: { limit: sizing.limitMs ?? 0 },
      value: sizing.responseP95Ms,
      unit: 'milliseconds',
      ...own,
    }),
  ];
}

function costLines({ lines, costPerYear, valuePerYear, netPerYear, currency, goals }: Business): DocumentLine[] {
  const money = (amount: { median: number; low: number; high: number }) => ({
    value: amount.median,
    low: amount.low,
    high: amount.high,
    unit: 'money' as const,
    slot: SOLUTION_SLOT,
  });
  if (lines.length === 0) return [line('costs.none')];
  return [
    ...lines.map(({ name, basis, ...amount }) =>
      line(`costs.${basis}`, { params: { name, currency }, ...money(amount) }),
    ),
    line('costs.total', { params: { currency }, ...money(costPerYear) }),
    ...(valuePerYear === null
      ? []
      : [line('costs.value', { params: { currency, count: goals.length }, ...money(valuePerYear) })]),
    ...(netPerYear === null ? [] : [line('costs.net', { params: { currency }, ...money(netPerYear) })]),
  ];
}
