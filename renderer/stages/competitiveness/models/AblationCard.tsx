import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import { type AblationPair, ablationPairs } from '../../../../shared/stages/competitiveness/ablation.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { PointsNumber } from '../../../components/PointsNumber.tsx';
import { optionName, optionValue } from '../../../components/run-settings/option-text.ts';
import { useView } from '../../../components/use-view.ts';
import { useComparison } from './DifferenceCell.tsx';
import { pText } from './figures.tsx';

/** Each pair asks for a comparison; the newest are shown. */
const MOST_PAIRS = 12;

/** What each option brings: runs that differ in it alone, held against each other row by row on the locked test rows. */
export function AblationCard({ runs }: { readonly runs: readonly ArtifactView<RunRecord>[] }) {
  const t = useT();
  const pairs = ablationPairs(runs.map(({ result }) => result)).slice(-MOST_PAIRS);
  if (pairs.length === 0) return null;
  return (
    <Card title={t('training.ablation.title')} testId="competitiveness-models-ablation">
      <p className="muted small">{t('training.ablation.lead')}</p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('training.ablation.option')}</th>
            <th scope="col">{t('training.ablation.with')}</th>
            <th scope="col">{t('training.ablation.without')}</th>
            <th scope="col">{t('training.ablation.difference')}</th>
            <th scope="col">n</th>
            <th scope="col">{t('training.ablation.moved')}</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <AblationRow
              key={`${pair.run.id} ${pair.reference.id}`}
              pair={pair}
              view={runs.find(({ result }) => result.id === pair.run.id)!}
            />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface RowProps {
  readonly pair: AblationPair;
  readonly view: ArtifactView<RunRecord>;
}

function AblationRow({ pair: { option, run, reference }, view }: RowProps) {
  const t = useT();
  const { value, error } = useComparison(run, reference);
  const side = ({ id, config }: RunRecord) => `${id}: ${config === null ? '' : optionValue(t, config, option)}`;
  const difference = value?.accuracyDifference;
  return (
    <tr>
      <th scope="row">{optionName(t, option)}</th>
      <td>{side(run)}</td>
      <td>{side(reference)}</td>
      <td>
        {error !== null && <ErrorNotice error={error} />}
        {value !== undefined && difference !== undefined && (
          <>
            <PointsNumber
              estimate={difference}
              inspected={{
                title: `${run.id} − ${reference.id}`,
                method: t('stage.competitiveness.screen.models.differenceMethod', {
                  resamples: value.resamples,
                  p: pText(t, value.mcNemar.pValue),
                }),
                n: value.rows,
                slot: view.artifact.slot,
                seed: view.artifact.seed,
              }}
            />{' '}
            <span className="muted">{t(`training.ablation.${effectOf(difference)}`)}</span>
          </>
        )}
      </td>
      <td className="number">{value?.rows ?? '…'}</td>
      <td>
        <MovedCell run={run} reference={reference} />
      </td>
    </tr>
  );
}

/** Answers that harmless changes move, on the same changed texts of stage 3. */
function MovedCell({ run, reference }: { readonly run: RunRecord; readonly reference: RunRecord }) {
  const t = useT();
  const { value, error } = useView('adaptation.robustness', { modelId: run.id, referenceId: reference.id }, [
    'adaptation.tests',
  ]);
  if (error !== null) return <ErrorNotice error={error} />;
  if (value === undefined) return <span className="faint">…</span>;
  if (value === null) return <span className="muted">{t('training.ablation.untested')}</span>;
  const { difference } = value;
  return (
    <PointsNumber
      estimate={difference}
      inspected={{
        title: `${run.id} − ${reference.id}`,
        method: t('training.ablation.movedMethod', {
          texts: value.texts,
          resamples: value.resamples,
          scenario: value.scenarioId,
          moved: formatShare(value.moved, 1),
          reference: formatShare(value.referenceMoved, 1),
        }),
        n: value.changes,
        slot: `adaptation.tests:${value.scenarioId}.${run.id}`,
      }}
    />
  );
}

function effectOf({ low, high }: { readonly low: number; readonly high: number }): 'helps' | 'harms' | 'open' {
  if (low > 0) return 'helps';
  return high < 0 ? 'harms' : 'open';
}
