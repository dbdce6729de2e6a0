import Database from 'better-sqlite3';
import type { TestProject } from './testkit.ts';

export interface RunEnd {
  readonly steps: unknown;
  readonly evaluations: unknown;
  readonly test: unknown;
  readonly dev: unknown;
  readonly parts: unknown;
}

/** All of a finished training R1 that no clock decides: every loss, every evaluation, the predictions and the weights bit for bit. Closes the project. */
export async function endOfRun(project: TestProject, jobId: string): Promise<RunEnd> {
  const { steps, evaluations } = await project.call('jobs.series', { jobId });
  const run = (await project.call('competitiveness.run', { runId: 'R1' }))?.result;
  await project.engine.dispose();
  const db = new Database(project.engine.path, { readonly: true });
  const row = db
    .prepare(
      "SELECT a.parts FROM artifact a JOIN current_artifact c ON c.artifact_id = a.id WHERE a.slot = 'competitiveness.run:R1'",
    )
    .get() as { parts: string };
  db.close();
  const { predictions, confidence, weights } = JSON.parse(row.parts);
  return { steps, evaluations, test: run?.test, dev: run?.dev, parts: { predictions, confidence, weights } };
}
