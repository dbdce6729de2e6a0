import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import type { SeedComparison } from '../../../../shared/stages/competitiveness/seeds.ts';
import { useT } from '../../../app/language.ts';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { PointsNumber } from '../../../components/PointsNumber.tsx';
import { pText } from '../../../components/p-text.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { useComparison } from './DifferenceCell.tsx';
import { seedDifferenceOpened } from './seed-difference.ts';

interface Props {
  readonly view: ArtifactView<RunRecord>;
  readonly reference: {
    readonly id: string;
    readonly name: string;
    readonly testLock: string;
    readonly isFloor: boolean;
  };
}

const CHANGES = [
  { change: 'both-right', field: 'bothRight', tone: 'same' },
  { change: 'fixed', field: 'fixed', tone: 'fixed' },
  { change: 'broken', field: 'broken', tone: 'broken' },
  { change: 'both-wrong', field: 'bothWrong', tone: 'wrong' },
] as const;

const SIGNIFICANCE = 0.05;

/** Every test row on one side: right in both, fixed, broken, wrong in both. Each count opens its texts. */
export function ChangesPanel({ view, reference }: Props) {
  const t = useT();
  const { artifact, result: run } = view;
  const comparison = useComparison(run, reference);
  if (reference.testLock !== run.testLock) {
    return <p className="attention-words">▲ {t('stage.competitiveness.screen.models.otherLock')}</p>;
  }
  const value = comparison.value;
  if (value === undefined) return <ViewNotice view={comparison} />;
  const { accuracyDifference: difference, macroF1Difference: f1Difference, mcNemar } = value;
  const title = (change: string) =>
    t('stage.competitiveness.screen.models.changeTitle', { run: run.id, reference: reference.name, change });
  const method = t('stage.competitiveness.screen.models.differenceMethod', {
    resamples: value.resamples,
    p: pText(t, mcNemar.pValue),
  });
  return (
    <div className="changes" data-testid="competitiveness-changes">
      <div className="changes-bar" aria-hidden="true">
        {CHANGES.map(({ field, tone }) => (
          <span key={field} className={`changes-${tone}`} style={{ flexGrow: value[field] }} />
        ))}
      </div>
      <ul className="changes-counts">
        {CHANGES.map(({ change, field, tone }) => (
          <li key={field}>
            <span className={`changes-key changes-${tone}`} aria-hidden="true" />
            {t(`stage.competitiveness.screen.models.${field}`)}{' '}
            <EvidenceLink
              count={value[field]}
              evidence={{ type: 'difference', runId: run.id, referenceId: reference.id, change }}
              title={title(t(`stage.competitiveness.screen.models.${field}`))}
            />
          </li>
        ))}
      </ul>
      <dl className="facts">
        {(
          [
            ['accuracy', difference],
            ['macroF1', f1Difference],
          ] as const
        ).map(([id, estimate]) => (
          <div key={id}>
            <dt>
              {t(`stage.competitiveness.screen.models.${id}`)} ({t('stage.competitiveness.screen.models.points')})
            </dt>
            <dd>
              <PointsNumber
                estimate={estimate}
                inspected={{
                  title: title(t(`stage.competitiveness.screen.models.${id}`)),
                  method,
                  n: value.rows,
                  slot: artifact.slot,
                  seed: artifact.seed,
                }}
              />{' '}
              {reference.isFloor && estimate.value < 0 && (
                <span className="failed-words">✕ {t('stage.competitiveness.screen.models.below')}</span>
              )}
            </dd>
          </div>
        ))}
        {value.seeds !== undefined &&
          (['accuracy', 'macroF1'] as const).map((id) => (
            <SeedDifference key={id} figure={id} view={view} reference={reference} compared={value.seeds!} />
          ))}
        <div>
          <dt title={t(`stage.competitiveness.screen.models.mcnemarMethod.${mcNemar.method}`)}>
            {t('stage.competitiveness.screen.models.mcnemar', { p: pText(t, mcNemar.pValue) })}
          </dt>
          <dd>
            {t(`stage.competitiveness.screen.models.mcnemarMeans.${mcNemar.pValue < SIGNIFICANCE ? 'yes' : 'no'}`)}{' '}
            <span className="muted">
              {t('stage.competitiveness.screen.models.mcnemarOf', {
                b: mcNemar.onlyReference,
                c: mcNemar.onlyRun,
              })}
            </span>
          </dd>
        </div>
      </dl>
      {value.seeds !== undefined && <p className="muted small">{t('training.seeds.varies')}</p>}
    </div>
  );
}

interface SeedProps extends Props {
  readonly figure: 'accuracy' | 'macroF1';
  readonly compared: SeedComparison;
}

/** The difference of the means over seeds, where both were trained from several. */
function SeedDifference({ figure, view, reference, compared }: SeedProps) {
  const t = useT();
  return (
    <div>
      <dt>{t('training.seeds.difference', { figure: t(`stage.competitiveness.screen.models.${figure}`) })}</dt>
      <dd>
        <PointsNumber
          estimate={compared[figure]}
          inspected={seedDifferenceOpened(t, view, reference.name, figure, compared)}
        />
      </dd>
    </div>
  );
}
