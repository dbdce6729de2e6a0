import { Radio } from 'antd';
import type { PackageCandidate } from '../../../../shared/stages/landing/package/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { usePackage } from './store.ts';

const GATE_TONE = { accepted: '', unproven: 'attention-words', refused: 'failed-words', none: 'faint' } as const;

interface Props {
  readonly candidates: readonly PackageCandidate[];
  readonly chosen: string | null;
}

/** Models that can be packed, with what speaks for and against each. */
export function ModelChoice({ candidates, chosen }: Props) {
  const t = useT();
  return (
    <Card title={t('stage.landing.screen.package.choose')} testId="landing-package-models">
      <div className="table-scroll">
        <table className="plain-table package-models">
          <thead>
            <tr>
              {(['model', 'accuracy', 'gate', 'tests', 'threshold', 'size'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`stage.landing.screen.package.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {candidates.map((candidate) => (
              <tr key={candidate.modelId} data-testid={`landing-package-model-${candidate.modelId}`}>
                <th scope="row">
                  <Radio
                    name="package-model"
                    checked={candidate.modelId === chosen}
                    onChange={() => usePackage.setState({ modelId: candidate.modelId, precision: null, name: null })}
                  >
                    {candidate.modelId} {candidate.name}{' '}
                    <span className="faint">
                      {t(`stage.landing.screen.package.kind.${candidate.kind}`)} · {candidate.precision}
                    </span>{' '}
                    {candidate.isStale && (
                      <span className="tag tag-attention">{t('stage.landing.screen.package.stale')}</span>
                    )}
                  </Radio>
                </th>
                <td>
                  <InspectedNumber
                    value={candidate.accuracy.value}
                    unit="share"
                    interval={[candidate.accuracy.low, candidate.accuracy.high]}
                    inspected={{
                      title: `${candidate.name} · ${t('stage.landing.screen.package.accuracy')}`,
                      method: t('stage.landing.screen.package.accuracyMethod'),
                      n: candidate.testRows,
                      slot: candidate.slot,
                    }}
                  />
                </td>
                <td className={GATE_TONE[candidate.gate]}>
                  {t(`stage.landing.screen.package.gates.${candidate.gate}`)}
                </td>
                <td>
                  {candidate.tests === null ? (
                    <span className="attention-words">▲ {t('stage.landing.screen.package.testsNone')}</span>
                  ) : (
                    <span className={candidate.tests.failed > 0 ? 'failed-words' : ''}>
                      {t('stage.landing.screen.package.testCounts', candidate.tests)}
                    </span>
                  )}
                </td>
                <td>
                  {candidate.rejectBelow === null ? (
                    <span className="faint" title={t('stage.landing.screen.package.thresholdNone')}>
                      —
                    </span>
                  ) : (
                    <InspectedNumber
                      value={candidate.rejectBelow}
                      unit="share"
                      inspected={{
                        title: `${candidate.name} · ${t('stage.landing.screen.package.threshold')}`,
                        slot: candidate.slot,
                      }}
                    />
                  )}
                </td>
                <td>
                  <InspectedNumber
                    value={candidate.sizeMb}
                    unit="megabytes"
                    decimals={1}
                    inspected={{
                      title: `${candidate.name} · ${t('stage.landing.screen.package.size')}`,
                      slot: candidate.slot,
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
