import { canonicalJson } from '../../../../shared/data/canonical-json.ts';
import type { Scenario } from '../../../../shared/stages/adaptation/results.ts';
import type { EngineContext } from '../../context.ts';
import { limitsSlot, scenarioParts, scenarioSlot } from './scenario.ts';

/** Publishes what changed of a scenario, so that other limits do not make its data stale nor the other way round. */
export async function saveScenario(context: EngineContext, id: string, scenario: Scenario): Promise<void> {
  const parts = scenarioParts(scenario);
  const changed = (slot: string, params: unknown) => {
    const stands = context.store.current(slot);
    return stands === undefined || canonicalJson(stands.params) !== canonicalJson(params);
  };
  if (changed(scenarioSlot(id), parts.scenario)) await context.decide(scenarioSlot(id), parts.scenario);
  const stale = (context.stale().get(limitsSlot(id))?.length ?? 0) > 0;
  if (stale || changed(limitsSlot(id), parts.limits)) await context.decide(limitsSlot(id), parts.limits);
}
