import { Button } from 'antd';
import { useState } from 'react';
import { formatShort } from '../../../../shared/i18n/number.ts';
import { LIMIT_RULES } from '../../../../shared/stages/adaptation/limits.ts';
import type { Scenario } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { columnName, type Dataset } from '../../../components/use-datasets.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { useAdaptation } from '../store.ts';
import { type ScenarioView, useScenarioData } from '../use-results.ts';
import { limitName, limitText, noticeLines } from '../words.ts';
import { OriginChip } from './OriginChip.tsx';

interface Props {
  readonly views: readonly ScenarioView[];
  readonly datasets: readonly Dataset[];
  readonly needs: ReadonlyMap<string, string>;
  /** Whether taking rows is what comes next; else something else on the page leads. */
  readonly leads: boolean;
}

const PERCENT = 100;
const PARTS = ['train', 'dev', 'test'] as const;

/** Every scenario with its data, limits and costs. */
export function ScenarioCards({ views, datasets, needs, leads }: Props) {
  return (
    <div className="scenario-list">
      {views.map((view, index) => (
        <ScenarioCard key={view.result.id} view={view} datasets={datasets} needs={needs} leads={leads && index === 0} />
      ))}
    </div>
  );
}

function ScenarioCard({
  view: { artifact, result },
  datasets,
  needs,
  leads,
}: {
  readonly view: ScenarioView;
  readonly datasets: readonly Dataset[];
  readonly needs: ReadonlyMap<string, string>;
  readonly leads: boolean;
}) {
  const t = useT();
  const { id, scenario, lost } = result;
  const data = useScenarioData(id);
  const { testShare, devShare, seed } = useAdaptation();
  const { send, busy, error, clear } = useCommand();
  const [asked, setAsked] = useState(false);
  const datasetName = datasets.find((dataset) => dataset.id === scenario.data.datasetId)?.dataset.name;
  const built = data.value ?? null;
  const isFresh = built !== null && built.artifact.stale.length === 0;
  const highest = (part: 'miss' | 'falseAlarm') => Math.max(1, ...scenario.errorCosts.map((entry) => entry[part]));
  return (
    <Card
      title={`${id} · ${scenario.name}`}
      extra={
        <>
          <span className="tag">{t(`stage.adaptation.screen.template.${scenario.templateId}.name`)}</span>
          <Button
            size="small"
            onClick={() => useAdaptation.setState({ draft: { id, scenario } })}
            data-testid={`adaptation-scenario-edit-${id}`}
          >
            {t('stage.adaptation.screen.scenarios.edit')}
          </Button>
          <Button
            size="small"
            type="text"
            onClick={() => setAsked(true)}
            data-testid={`adaptation-scenario-remove-${id}`}
          >
            {t('stage.adaptation.screen.scenarios.remove')}
          </Button>
        </>
      }
      testId={`adaptation-scenario-${id}`}
    >
      {asked && (
        <div className="notice notice-attention" role="alert">
          <span>▲ {t('stage.adaptation.screen.scenarios.removeAsk', { name: scenario.name })}</span>
          <Button
            size="small"
            danger
            disabled={busy}
            onClick={() => void send('adaptation.removeScenario', { scenarioId: id })}
            data-testid={`adaptation-scenario-remove-yes-${id}`}
          >
            {t('stage.adaptation.screen.scenarios.removeYes')}
          </Button>
          <Button size="small" onClick={() => setAsked(false)}>
            {t('action.cancel')}
          </Button>
        </div>
      )}
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      <div className="scenario-body">
        <dl className="scenario-facts">
          <div>
            <dt>{t('stage.adaptation.screen.scenarios.users')}</dt>
            <dd>{scenario.users}</dd>
          </div>
          <div>
            <dt>{t('stage.adaptation.screen.scenarios.data')}</dt>
            <dd>
              {t(`stage.adaptation.screen.scenarios.${dataWords(scenario.data)}`, {
                dataset: datasetName ?? scenario.data.datasetId,
                column: columnName(datasets, scenario.data.datasetId, scenario.data.labelColumn),
              })}
              {scenario.data.filter !== null &&
                ` · ${columnName(datasets, scenario.data.datasetId, scenario.data.filter.columnId)} = ${scenario.data.filter.values.join(t('list.separator'))}`}
            </dd>
          </div>
          <div>
            <dt>{t('stage.adaptation.screen.scenarios.volume')}</dt>
            <dd className="number">
              {scenario.volumePerDay === null
                ? '—'
                : t('stage.adaptation.screen.scenarios.volumePerDay', { count: scenario.volumePerDay })}
            </dd>
          </div>
          <div>
            <dt>{t('stage.adaptation.screen.scenarios.cost')}</dt>
            <dd className="number">
              {t(`stage.adaptation.screen.scenarios.${scenario.humanLook === null ? 'costNoLook' : 'costSummary'}`, {
                miss: formatShort(highest('miss')),
                alarm: formatShort(highest('falseAlarm')),
                look: formatShort(scenario.humanLook ?? 0),
              })}
            </dd>
          </div>
          <div>
            <dt>{t('stage.adaptation.screen.scenarios.needs')}</dt>
            <dd className="tags">
              {scenario.needIds.length === 0 && (
                <span className="muted">{t('stage.adaptation.screen.scenarios.needsNone')}</span>
              )}
              {scenario.needIds.map((needId) => (
                <span key={needId} className="tag tag-accent">
                  {needs.get(needId) ?? needId}
                </span>
              ))}
            </dd>
          </div>
          {scenario.complianceTopics.length > 0 && (
            <div>
              <dt>{t('stage.adaptation.screen.scenarios.compliance')}</dt>
              <dd>
                {scenario.complianceTopics
                  .map((topic) => t(`stage.adaptation.screen.compliance.${topic}`))
                  .join(t('list.separator'))}
              </dd>
            </div>
          )}
        </dl>
        <ul className="limit-chips">
          {scenario.limits.map((limit) => (
            <li key={`${limit.test} ${limit.needId}`} title={t(`stage.adaptation.screen.limitHint.${limit.test}`)}>
              <span>{limitName(t, limit.test, limit.needId, needs)}</span>
              <span className="number">
                {t(`stage.adaptation.screen.limitSide.${LIMIT_RULES[limit.test].direction}`)}{' '}
                {limitText(t, limit.value, LIMIT_RULES[limit.test].unit)}
              </span>
              <OriginChip origin={limit.origin} needs={needs} />
            </li>
          ))}
        </ul>
      </div>
      {lost.length > 0 && (
        <p className="attention-words">
          ▲{' '}
          {t('stage.adaptation.screen.scenarios.lost', {
            limits: lost.map(({ test, needId }) => limitName(t, test, needId, needs)).join(t('list.separator')),
          })}
        </p>
      )}
      <ViewNotice view={data} />
      <div className="scenario-data">
        {built === null ? (
          <span className="muted">{t('stage.adaptation.screen.scenarios.buildHint')}</span>
        ) : (
          <span className="number">
            <EvidenceLink
              count={built.result.rows}
              evidence={{ type: 'scenarioData', scenarioId: id, label: null, part: 'all' }}
              title={t('stage.adaptation.screen.scenarios.rows', { name: scenario.name })}
            />{' '}
            ·{' '}
            {PARTS.map((part) => (
              <span key={part} className="part-count">
                {t(`stage.adaptation.screen.scenarios.${part}`)}{' '}
                <EvidenceLink
                  count={built.result[part]}
                  evidence={{ type: 'scenarioData', scenarioId: id, label: null, part }}
                  title={`${scenario.name} · ${t(`stage.adaptation.screen.scenarios.${part}`)}`}
                />
              </span>
            ))}
            · {t('stage.adaptation.screen.scenarios.classes', { count: built.result.classes.length })}
          </span>
        )}
        <span className="actions">
          {/* Texts of tickets are parted by themselves: shares would move what a model has learnt to where it is tested. */}
          {!isFresh && scenario.data.corrected === undefined && (
            <>
              <NumberField
                label={t('stage.adaptation.screen.scenarios.testShare')}
                size="small"
                min={5}
                max={80}
                suffix="%"
                value={Math.round(testShare * PERCENT)}
                onChange={(value) => useAdaptation.setState({ testShare: value / PERCENT })}
              />
              <NumberField
                label={t('stage.adaptation.screen.scenarios.devShare')}
                size="small"
                min={5}
                max={45}
                suffix="%"
                value={Math.round(devShare * PERCENT)}
                onChange={(value) => useAdaptation.setState({ devShare: value / PERCENT })}
              />
            </>
          )}
          <JobButton
            request="adaptation.buildData"
            input={{ scenarioId: id, testShare, devShare, seed }}
            slot={`adaptation.data:${id}`}
            label={t(`stage.adaptation.screen.scenarios.${built === null ? 'build' : 'buildAgain'}`)}
            primary={leads && data.value !== undefined && !isFresh}
            testId={`adaptation-build-${id}`}
          />
        </span>
      </div>
      {built !== null && (
        <>
          <NoticeList lines={noticeLines(t, built.result.notices, needs)} />
          <ArtifactStamp
            artifact={built.artifact}
            n={built.result.rows}
            method={t('stage.adaptation.screen.scenarios.lock', { lock: built.result.testLock.slice(0, 8) })}
          />
        </>
      )}
      {built === null && artifact.stale.length > 0 && <ArtifactStamp artifact={artifact} />}
    </Card>
  );
}

function dataWords({ corrected, labelColumn }: Scenario['data']): 'dataFrom' | 'dataCorrected' | 'dataCorrectedAlone' {
  if (corrected === undefined) return 'dataFrom';
  return labelColumn === '' ? 'dataCorrectedAlone' : 'dataCorrected';
}
