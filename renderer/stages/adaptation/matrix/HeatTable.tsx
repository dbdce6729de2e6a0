import { formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import type { Matrix } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { boundText } from '../../../components/NumberText.tsx';
import { chooseTested } from '../store.ts';

interface Props {
  readonly matrix: Matrix;
  readonly busy: boolean;
  readonly onChoose: (scenarioId: string, modelId: string | null) => void;
}

type Cell = Matrix['cells'][number];

const STEPS = 5;
const LOWEST = 0.5;

/** One hue in steps by accuracy, from a half upwards. */
function shade(accuracy: number): string {
  const strength = Math.max(0, Math.min(1, (accuracy - LOWEST) / (1 - LOWEST)));
  return `color-mix(in srgb, var(--accentSoft) ${Math.round(strength * STEPS) * 8}%, var(--surface))`;
}

/** Scenarios by models: the verdict in words and shape, then accuracy with interval and cost; one model is chosen a scenario. */
export function HeatTable({ matrix, busy, onChoose }: Props) {
  const t = useT();
  const cellOf = (scenarioId: string, modelId: string) =>
    matrix.cells.find((cell) => cell.scenarioId === scenarioId && cell.modelId === modelId);
  return (
    <div className="confusion-scroll">
      <table className="heat" data-testid="adaptation-matrix">
        <thead>
          <tr>
            <th scope="col">{t('stage.adaptation.screen.matrix.scenario')}</th>
            {matrix.models.map(({ id, name, kind }) => (
              <th key={id} scope="col" title={name}>
                <strong>{id}</strong>{' '}
                <span className="muted small">{t(`stage.adaptation.screen.modelKind.${kind}`)}</span>
                <div className="muted small heat-name">{name}</div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.scenarios.map((scenario) => (
            <tr key={scenario.id}>
              <th scope="row">
                <strong>{scenario.id}</strong> {scenario.name}
              </th>
              {matrix.models.map((model) => {
                const cell = cellOf(scenario.id, model.id);
                const isChosen = scenario.chosen === model.id;
                return (
                  <td
                    key={model.id}
                    className={isChosen ? 'heat-chosen' : ''}
                    style={cell?.tests == null ? {} : { background: shade(cell.tests.accuracy.value) }}
                    data-testid={`adaptation-cell-${scenario.id}-${model.id}`}
                  >
                    {cell === undefined ? (
                      <span className="faint small">– {t('stage.adaptation.screen.matrix.impossible')}</span>
                    ) : (
                      <>
                        <button
                          type="button"
                          className="heat-cell"
                          aria-label={t('stage.adaptation.screen.matrix.open', {
                            scenario: scenario.name,
                            model: model.id,
                          })}
                          onClick={() => {
                            chooseTested(scenario.id, model.id);
                            goToStep('adaptation', 'tests');
                          }}
                        >
                          <CellWords cell={cell} />
                        </button>
                        <button
                          type="button"
                          className={isChosen ? 'tag tag-accent heat-choose' : 'tag heat-choose'}
                          disabled={busy}
                          aria-pressed={isChosen}
                          title={isChosen ? t('stage.adaptation.screen.matrix.unchoose') : undefined}
                          onClick={() => onChoose(scenario.id, isChosen ? null : model.id)}
                          data-testid={`adaptation-choose-${scenario.id}-${model.id}`}
                        >
                          {t(`stage.adaptation.screen.matrix.${isChosen ? 'chosen' : 'choose'}`)}
                        </button>
                      </>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CellWords({ cell: { tests } }: { readonly cell: Cell }) {
  const t = useT();
  if (tests === null) return <span className="muted">○ {t('stage.adaptation.screen.matrix.untested')}</span>;
  const all = tests.passed + tests.failed + tests.unclear;
  const verdict = tests.failed > 0 ? 'cellFailed' : tests.unclear > 0 ? 'cellUnclear' : 'cellPassed';
  const tone = { cellFailed: 'failed-words', cellUnclear: 'attention-words', cellPassed: 'tone-accent-text' }[verdict];
  return (
    <>
      <span className={tone}>
        <strong>
          {t(`stage.adaptation.screen.matrix.${verdict}`, { failed: tests.failed, unclear: tests.unclear })}
        </strong>
      </span>
      {tests.stale && <span className="tag tag-attention">▲ {t('stage.adaptation.screen.matrix.stale')}</span>}
      <span className="number">
        {formatShare(tests.accuracy.value, 1)}{' '}
        <span className="number-interval">
          [{boundText(tests.accuracy.low, 'share', 1)}, {boundText(tests.accuracy.high, 'share', 1)}]
        </span>
      </span>
      <span className="muted small number">
        {t('stage.adaptation.screen.matrix.cell', { passed: tests.passed, all })} ·{' '}
        {t('stage.adaptation.screen.matrix.cost', { cost: Math.round(tests.costPerThousand) })}
        {tests.latencyP95Ms !== null &&
          ` · ${t('stage.adaptation.screen.matrix.latency', { ms: formatShort(tests.latencyP95Ms) })}`}
      </span>
    </>
  );
}
