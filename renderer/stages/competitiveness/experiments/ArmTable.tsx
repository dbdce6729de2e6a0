import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { EvidenceRef } from '../../../../shared/contract/evidence.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { ExperimentResult } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import { equalsP } from '../../../../shared/stages/competitiveness/strategy/plan-text.ts';
import { useT } from '../../../app/language.ts';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';

type Left = Extract<EvidenceRef, { type: 'experiment' }>['rows'];

/** Who came into which arm against what was planned, and who was left out. */
export function ArmTable({ view }: { readonly view: ArtifactView<ExperimentResult> }) {
  const t = useT();
  const { id, arms, units, controlArm, sampleRatio, excluded, repeatedUnits, datasetId } = view.result;
  const rowsOf = (rows: Left, names: string[]): EvidenceRef => ({
    type: 'experiment',
    experimentId: id,
    arms: names,
    metricId: null,
    rows,
  });
  const leftOut = [
    [
      'no-arm',
      excluded.rowsWithoutArm,
      t('stage.competitiveness.screen.experiments.noArm', { count: excluded.rowsWithoutArm }),
    ],
    [
      'no-unit',
      excluded.rowsWithoutUnit,
      t('stage.competitiveness.screen.experiments.noUnit', { count: excluded.rowsWithoutUnit }),
    ],
    [
      'two-arms',
      excluded.rowsOfTwoArms,
      t('stage.competitiveness.screen.experiments.twoArms', {
        units: excluded.unitsInTwoArms,
        count: excluded.rowsOfTwoArms,
      }),
    ],
  ] as const;
  const shown = leftOut.filter(([, count]) => count > 0);
  return (
    <div className="arm-table">
      <table className="figures-table" data-testid={`competitiveness-arms-${id}`}>
        <thead>
          <tr>
            <th scope="col">{t('stage.competitiveness.screen.experiments.armColumn')}</th>
            <th scope="col">{t('stage.competitiveness.screen.experiments.users')}</th>
            <th scope="col">{t('stage.competitiveness.screen.experiments.expected')}</th>
            <th scope="col">{t('stage.competitiveness.screen.experiments.share')}</th>
          </tr>
        </thead>
        <tbody>
          {arms.map(({ arm, units: n, rows, expected }) => (
            <tr key={arm}>
              <th scope="row">
                {arm}{' '}
                {arm === controlArm && (
                  <span className="tag">{t('stage.competitiveness.screen.experiments.controlTag')}</span>
                )}
              </th>
              <td>
                {datasetId !== null && rows === n ? (
                  <EvidenceLink
                    count={n}
                    evidence={rowsOf('all', [arm])}
                    title={t('stage.competitiveness.screen.experiments.rowsOfArm', { experiment: id, arm })}
                  />
                ) : (
                  <span className="number">{formatNumber(n)}</span>
                )}
              </td>
              <td className="number">{formatNumber(expected)}</td>
              <td className="number">{formatShare(n / Math.max(1, units), 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        {!sampleRatio.blocked && (
          <p title={t('stage.competitiveness.screen.experiments.ratioMethod', { degrees: sampleRatio.degrees })}>
            ✓ {t('stage.competitiveness.screen.experiments.ratioOk', { p: equalsP(sampleRatio.p) })}
          </p>
        )}
        <p className="muted">
          {t('stage.competitiveness.screen.experiments.ratioMethod', { degrees: sampleRatio.degrees })}
        </p>
        {shown.length > 0 && (
          <p>
            {t('stage.competitiveness.screen.experiments.excluded')}{' '}
            {shown.map(([which, count, text]) => (
              <span key={which} className="left-out">
                {text} <EvidenceLink count={count} evidence={rowsOf(which, [])} title={text} />
              </span>
            ))}
          </p>
        )}
        {repeatedUnits > 0 && (
          <p className="muted">{t('stage.competitiveness.screen.experiments.repeated', { count: repeatedUnits })}</p>
        )}
      </div>
    </div>
  );
}
