import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { Gate, RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { pText } from '../../../components/p-text.ts';
import { partName } from './part-name.ts';
import type { ModelRow } from './rows.ts';
import { VerdictTag } from './VerdictTag.tsx';

const POINTS = 100;
const NAMED_PARTS = 3;
/** Reasons that more test rows could settle. */
const UNDECIDED: ReadonlySet<Gate['reason']> = new Set(['too-few-rows', 'loss-not-excluded']);

/** Whether the chosen model may stand in for its original, and why; where it may not, what would help. */
export function GateCard({ chosen, original }: { readonly chosen: ModelRow; readonly original: ModelRow | undefined }) {
  const t = useT();
  const { id, view } = chosen;
  const { gate, name } = view.result;
  if (gate === null) return null;
  return (
    <Card
      title={`${t('stage.competitiveness.step.compression.title')}: ${t('stage.competitiveness.screen.models.detail', { id, name })}`}
      extra={<VerdictTag gate={gate} />}
      testId="competitiveness-compression-answer"
    >
      <p>{t(`stage.competitiveness.screen.compression.reason.${gate.reason}`, reasonParams(t, gate))}</p>
      <Change compression={view.result.compression} />
      {original !== undefined && <Savings chosen={chosen} original={original} />}
      {UNDECIDED.has(gate.reason) && (
        <p className="muted">
          {gate.rowsNeeded === null
            ? t('stage.competitiveness.screen.compression.rowsFarMore')
            : t('stage.competitiveness.screen.compression.rowsNeeded', { rows: formatNumber(gate.rowsNeeded) })}
        </p>
      )}
      {gate.verdict !== 'accepted' && gate.sensitivity !== null && (
        <p className="muted">
          {t('stage.competitiveness.screen.compression.sensitive', {
            parts: gate.sensitivity.groups
              .slice(0, NAMED_PARTS)
              .map(({ group }) => partName(t, group))
              .join(t('stage.competitiveness.screen.compression.partsJoin')),
          })}
        </p>
      )}
    </Card>
  );
}

function reasonParams(t: ReturnType<typeof useT>, { tolerance, comparison }: Gate) {
  return {
    rows: formatNumber(comparison.rows),
    tolerance: formatNumber(tolerance * POINTS, 1),
    loss: formatNumber(-comparison.accuracyDifference.value * POINTS, 1),
    p: pText(t, comparison.mcNemar.pValue),
  };
}

/** What was cut out: counts before and after. */
function Change({ compression }: Pick<RunRecord, 'compression'>) {
  const t = useT();
  const change = compression?.change;
  if (compression === null || change === undefined) return null;
  const { before, after } = change;
  const changed = (['layers', 'heads', 'columns', 'words'] as const).filter((part) => before[part] !== after[part]);
  const counts = changed.map((part) =>
    t(`stage.competitiveness.screen.compression.change.${part}`, {
      before: formatNumber(before[part]),
      after: formatNumber(after[part]),
    }),
  );
  const technique = t(`stage.competitiveness.screen.compression.techniques.${compression.technique}`);
  return <p>{[technique, ...counts].join(' · ')}</p>;
}

/** How much smaller and faster, as multiples of the original. */
function Savings({ chosen, original }: { readonly chosen: ModelRow; readonly original: ModelRow }) {
  const t = useT();
  const times = (before: number | null | undefined, after: number | null | undefined) =>
    before == null || after == null || after === 0 ? null : formatNumber(before / after, 1);
  const size = times(original.sizeMb, chosen.sizeMb);
  const speed = times(original.latency?.p50Ms, chosen.latency?.p50Ms);
  if (size === null || speed === null) return null;
  return <p>{t('stage.competitiveness.screen.compression.savings', { size, speed, id: original.id })}</p>;
}
