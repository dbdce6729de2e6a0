import type { TaskEvaluation } from '../../../../shared/stages/competitiveness/tasks/results.ts';
import { useT } from '../../../app/language.ts';
import { ConfusionMatrix } from '../../../charts/ConfusionMatrix.tsx';

interface Props {
  readonly test: Extract<TaskEvaluation, { task: 'ordinal' }>;
  readonly rankConsistent: boolean | null;
}

/** Which level was taken for which. */
export function LevelsPanel({ test, rankConsistent }: Props) {
  const t = useT();
  return (
    <>
      {rankConsistent !== null && (
        <p className={rankConsistent ? 'muted' : 'attention-words'}>
          {rankConsistent ? '✓' : '▲'}{' '}
          {t(`stage.competitiveness.screen.tasks.${rankConsistent ? 'consistent' : 'inconsistent'}`)}
        </p>
      )}
      <ConfusionMatrix labels={test.levels} counts={test.confusion} />
    </>
  );
}
