/** Commands whose effect can be taken back: what they replaced or emptied is kept as an earlier version. */
export const UNDOABLE_REQUESTS = [
  'demand.setRoles',
  'demand.mergeTopics',
  'demand.renameTopic',
  'demand.setTopicEdits',
  'demand.setNeeds',
  'demand.setTargets',
  'competitiveness.removeRun',
  'competitiveness.removeTaskRun',
  'competitiveness.removeEncoder',
  'competitiveness.removeJobExport',
  'competitiveness.removeExperiment',
  'competitiveness.removeUsability',
  'competitiveness.setStrategies',
  'adaptation.saveScenario',
  'adaptation.removeScenario',
  'adaptation.removeModel',
  'adaptation.chooseModel',
  'adaptation.removeTable',
  'landing.saveGoal',
  'landing.removeGoal',
  'landing.setSolution',
  'landing.planPilot',
  'service.correctTriage',
  'service.setRounds',
  'service.adoptRound',
  'service.withdrawRound',
  'service.setBacklogItem',
  'project.restore',
] as const;
export type UndoableRequest = (typeof UNDOABLE_REQUESTS)[number];

export function isUndoable(name: string): name is UndoableRequest {
  return UNDOABLE_REQUESTS.some((request) => request === name);
}
