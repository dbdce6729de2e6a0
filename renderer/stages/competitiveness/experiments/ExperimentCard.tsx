import { Button, Popconfirm } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { ExperimentResult } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import { equalsP } from '../../../../shared/stages/competitiveness/strategy/plan-text.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { ArmTable } from './ArmTable.tsx';
import { EffectTable } from './EffectTable.tsx';

const SIGN = { ship: '✓', 'do-not-ship': '✕', unclear: '▲', blocked: '✕' } as const;
const WORDS_CLASS = {
  ship: 'answer',
  'do-not-ship': 'answer failed-words',
  unclear: 'answer attention-words',
  blocked: 'answer failed-words',
} as const;

interface Props {
  readonly view: ArtifactView<ExperimentResult>;
  /** Opens the form with the settings of this experiment. */
  readonly onEdit: () => void;
}

/** One A/B test: what each arm comes to, whether the split can be trusted, every metric with its effect, and who was in which arm. */
export function ExperimentCard({ view, onEdit }: Props) {
  const t = useT();
  const command = useCommand();
  const { result, artifact } = view;
  const { sampleRatio, arms } = result;
  return (
    <Card
      title={`${result.id} ${result.name}`}
      extra={
        <>
          <Button size="small" onClick={onEdit} data-testid={`competitiveness-experiment-edit-${result.id}`}>
            {t('stage.competitiveness.screen.experiments.edit')}
          </Button>
          <Popconfirm
            title={t('stage.competitiveness.screen.experiments.removeTitle', { id: result.id })}
            description={t('stage.competitiveness.screen.experiments.removeWhat')}
            okText={t('stage.competitiveness.screen.experiments.remove')}
            cancelText={t('action.cancel')}
            okButtonProps={{ danger: true }}
            onConfirm={() => command.send('competitiveness.removeExperiment', { experimentId: result.id })}
          >
            <Button size="small" type="text">
              {t('stage.competitiveness.screen.experiments.remove')}
            </Button>
          </Popconfirm>
        </>
      }
      testId={`competitiveness-experiment-${result.id}`}
    >
      {command.error !== null && <ErrorNotice error={command.error} onClose={command.clear} />}
      {sampleRatio.blocked ? (
        <p className="srm-banner" role="alert" data-testid={`competitiveness-srm-${result.id}`}>
          ✕{' '}
          {t('stage.competitiveness.screen.experiments.ratioBlocked', {
            split: arms.map(({ units }) => formatNumber(units)).join(' : '),
            expected: arms.map(({ expected }) => formatNumber(expected)).join(' : '),
            p: equalsP(sampleRatio.p),
          })}
        </p>
      ) : (
        arms.map(({ arm, verdict }) =>
          verdict === null ? null : (
            <p key={arm} className={WORDS_CLASS[verdict]} data-verdict={verdict}>
              {SIGN[verdict]} {t(`stage.competitiveness.screen.experiments.verdictTitle.${verdict}`, { arm })}{' '}
              <span className="muted verdict-why">
                {t(`stage.competitiveness.screen.experiments.verdictWhy.${verdict}`)}
              </span>
            </p>
          ),
        )
      )}
      <EffectTable view={view} />
      <ArmTable view={view} />
      <ArtifactStamp artifact={artifact} />
    </Card>
  );
}
