import { Button, Select, Tabs, Tooltip } from 'antd';
import { useState } from 'react';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import type { FloorsResult, RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { asAppError } from '../../../app/session.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { ClassSeeds } from '../../../components/ClassSeeds.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { TriedTexts } from '../../../components/tried-texts/TriedTexts.tsx';
import { call } from '../../../engine.ts';
import { CompetitivenessNotices } from '../CompetitivenessNotices.tsx';
import { ExplanationPanel } from '../explanation/ExplanationPanel.tsx';
import { repeatRun, useCompetitiveness } from '../store.ts';
import { CalibrationPanel } from './CalibrationPanel.tsx';
import { ChangesPanel } from './ChangesPanel.tsx';
import { ClassesPanel } from './ClassesPanel.tsx';
import { ConfigPanel } from './ConfigPanel.tsx';
import { ConfusionPanel } from './ConfusionPanel.tsx';
import { HubExports } from './HubExports.tsx';

interface Props {
  readonly view: ArtifactView<RunRecord>;
  /** What it can be compared with, itself among them. */
  readonly runs: readonly ArtifactView<RunRecord>[];
  readonly floors: FloorsResult | null;
}

const LOCK_SHOWN = 12;
const TABS = ['changes', 'confusion', 'classes', 'texts', 'explanation', 'calibration', 'seeds', 'config'] as const;

/** One run or adapted model in depth: row by row against a floor or another run, where it confuses, how sure it is, how it was made. */
export function RunDetail({ view, runs, floors }: Props) {
  const t = useT();
  const { result, artifact } = view;
  const [error, setError] = useState<AppError | null>(null);
  const remove = () => {
    setError(null);
    call('competitiveness.removeRun', { runId: result.id }).catch((failure: unknown) => setError(asAppError(failure)));
  };
  const comparedWith = useCompetitiveness((state) => state.comparedWith);
  const references = [
    ...(floors?.floors.map(({ id, type }) => ({
      id,
      name: t(`stage.competitiveness.screen.floor.${type}`),
      testLock: floors.testLock,
      isFloor: true,
    })) ?? []),
    ...runs
      .filter((other) => other.result.id !== result.id)
      .map((other) => ({
        id: other.result.id,
        name: t('stage.competitiveness.screen.models.detail', { id: other.result.id, name: other.result.name }),
        testLock: other.result.testLock,
        isFloor: false,
      })),
  ];
  const reference =
    references.find(({ id }) => id === comparedWith) ??
    references.find(({ id }) => id === (result.compression?.parentId ?? floors?.strongestId)) ??
    references[0] ??
    null;
  const panels = {
    changes: (
      <>
        <div className="form-row">
          <span className="muted">{t('stage.competitiveness.screen.models.reference')}</span>
          <Select
            className="form-wide"
            value={reference?.id ?? null}
            options={references.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => useCompetitiveness.setState({ comparedWith: id })}
            aria-label={t('stage.competitiveness.screen.models.reference')}
            data-testid="competitiveness-models-reference"
          />
        </div>
        {reference !== null && <ChangesPanel view={view} reference={reference} />}
      </>
    ),
    confusion: <ConfusionPanel run={result} />,
    classes: <ClassesPanel view={view} />,
    texts: <TriedTexts key={result.id} modelId={result.id} />,
    explanation: (
      <ExplanationPanel
        key={result.id}
        model={{
          id: result.id,
          testLock: result.testLock,
          task: 'single-label',
          targets: result.test.perClass.map(({ label }) => label),
        }}
        slot={artifact.slot}
      />
    ),
    calibration: <CalibrationPanel view={view} />,
    seeds: <ClassSeeds view={view} />,
    config: <ConfigPanel run={result} />,
  } as const;
  const isThere = (tab: (typeof TABS)[number]) =>
    tab === 'changes' ? reference !== null : tab !== 'seeds' || result.seeds !== undefined;
  return (
    <Card
      title={t('stage.competitiveness.screen.models.detail', { id: result.id, name: result.name })}
      extra={
        // An adapted model is repeated and taken out where its scenario is.
        artifact.stage === 'competitiveness' && (
          <>
            {result.config !== null && result.kind === 'tuned' && (
              <Button
                size="small"
                onClick={() => result.config !== null && repeatRun(result)}
                data-testid="competitiveness-models-again"
              >
                {t('stage.competitiveness.screen.models.again')}
              </Button>
            )}
            <Tooltip title={t('stage.competitiveness.screen.models.removeHint')}>
              <Button size="small" type="text" onClick={remove} data-testid="competitiveness-models-remove">
                {t('stage.competitiveness.screen.models.remove')}
              </Button>
            </Tooltip>
          </>
        )
      }
      testId="competitiveness-models-detail"
    >
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      {result.notices.length > 0 && <CompetitivenessNotices notices={result.notices} />}
      <Tabs
        size="small"
        items={TABS.filter(isThere).map((key) => ({
          key,
          label: t(`stage.competitiveness.screen.models.tab.${key}`),
          children: panels[key],
        }))}
      />
      <HubExports run={result} />
      <ArtifactStamp
        artifact={artifact}
        method={t('stage.competitiveness.screen.models.testNote', {
          lock: result.testLock.slice(0, LOCK_SHOWN),
          rows: result.test.rows,
          resamples: result.test.resamples,
        })}
      />
    </Card>
  );
}
