import type { ReactNode } from 'react';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import { isI18nKey, type Translate } from '../../../../shared/i18n/translate.ts';
import {
  type RequirementOrigin,
  type RequirementsResult,
  type Targets,
  targetsSchema,
} from '../../../../shared/stages/demand/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { slotName } from '../../../components/artifact-name.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { TargetsForm } from './TargetsForm.tsx';

const SLOT = 'demand.requirements';
const TARGETS_SLOT = 'demand.targets';
const NO_TARGETS: Targets = { accuracy: null, latencyMs: null, explainability: null, privacy: null };
const LABELS_SHOWN = 8;

/** The targets as they stand; all “not set” where none were entered. */
function useTargets(): Targets | undefined {
  const { value } = useView('project.artifacts', {}, [TARGETS_SLOT]);
  if (value === undefined) return undefined;
  const entered = targetsSchema.safeParse(value.find(({ slot }) => slot === TARGETS_SLOT)?.params);
  return entered.success ? entered.data : NO_TARGETS;
}

/** What the next stages must meet: counted from the data, or set by the analyst, or openly not set. */
export function RequirementsCard() {
  const t = useT();
  const view = useView('demand.requirements', {}, [SLOT]);
  const targets = useTargets();
  const { send, busy, error, clear } = useCommand();
  return (
    <Card
      title={t('stage.demand.screen.needs.requirements')}
      extra={
        <JobButton
          request="demand.computeRequirements"
          input={{}}
          slot={SLOT}
          label={t(view.value == null ? 'stage.demand.screen.compute' : 'stage.demand.screen.computeAgain')}
          testId="demand-requirements-compute"
        />
      }
      testId="demand-requirements"
    >
      <ViewNotice view={view} />
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      {view.value === null && <p className="muted">{t('stage.demand.screen.needs.requirementsWillShow')}</p>}
      {view.value && <RequirementList result={view.value.result} />}
      {view.value && <ArtifactStamp artifact={view.value.artifact} />}
      {targets !== undefined && (
        <>
          <h3>{t('stage.demand.screen.needs.targets')}</h3>
          <TargetsForm targets={targets} busy={busy} onSave={(changed) => send('demand.setTargets', changed)} />
        </>
      )}
    </Card>
  );
}

function languageName(t: Translate, language: string): string {
  const key = `stage.demand.screen.language.${language}`;
  return isI18nKey(key) ? t(key) : language;
}

function RequirementList({ result }: { readonly result: RequirementsResult }) {
  const t = useT();
  const notSet = <span className="tag">{t('stage.demand.screen.needs.notSet')}</span>;
  const { taskType, labels, languages, volume, textLength, accuracy, latencyMs, explainability, privacy } = result;
  const row = (label: string, origin: RequirementOrigin, value: ReactNode) => (
    <tr>
      <th scope="row">{label}</th>
      <td>{value ?? notSet}</td>
      <td>
        <Origin origin={origin} title={label} />
      </td>
    </tr>
  );
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t('stage.demand.screen.needs.parameter')}</th>
          <th scope="col">{t('stage.demand.screen.needs.value')}</th>
          <th scope="col">{t('stage.demand.screen.needs.origin')}</th>
        </tr>
      </thead>
      <tbody>
        {row(
          t('stage.demand.screen.target.taskType'),
          taskType.origin,
          taskType.value === null ? null : t(`stage.demand.screen.taskType.${taskType.value}`),
        )}
        {row(
          t('stage.demand.screen.target.labels'),
          labels.origin,
          labels.value.length === 0 ? null : (
            <span className="tags">
              <span className="number">{t('stage.demand.screen.needs.classes', { count: labels.value.length })}</span>
              {labels.value.slice(0, LABELS_SHOWN).map(({ label, rows }) => (
                <span key={label} className="tag">
                  {label} <EvidenceLink count={rows} evidence={{ type: 'label', label, part: 'all' }} title={label} />
                </span>
              ))}
              {labels.value.length > LABELS_SHOWN && (
                <span className="muted">
                  {t('stage.demand.screen.needs.moreClasses', { count: labels.value.length - LABELS_SHOWN })}
                </span>
              )}
            </span>
          ),
        )}
        {row(
          t('stage.demand.screen.target.languages'),
          languages.origin,
          languages.value.length === 0 ? null : (
            <span className="tags">
              {languages.value.map(({ language, share }) => (
                <span key={language} className="tag number">
                  {languageName(t, language)} {formatShare(share, 1)}
                </span>
              ))}
            </span>
          ),
        )}
        {row(
          t('stage.demand.screen.target.volume'),
          volume.origin,
          <span className="number">
            {volume.value.perMonth === null
              ? t('stage.demand.screen.needs.volumeTexts', { count: volume.value.texts })
              : t('stage.demand.screen.needs.volumeMonthly', {
                  count: volume.value.texts,
                  monthly: Math.round(volume.value.perMonth),
                })}
          </span>,
        )}
        {row(
          t('stage.demand.screen.target.textLength'),
          textLength.origin,
          textLength.value === null ? null : (
            <span className="number">
              {t('stage.demand.screen.needs.lengths', {
                p50: Math.round(textLength.value.p50),
                p95: Math.round(textLength.value.p95),
                longest: textLength.value.longest,
              })}
            </span>
          ),
        )}
        {row(
          t('stage.demand.screen.target.accuracy'),
          accuracy.origin,
          accuracy.value === null ? null : formatShare(accuracy.value, 1),
        )}
        {row(
          t('stage.demand.screen.target.latencyMs'),
          latencyMs.origin,
          latencyMs.value === null
            ? null
            : t('stage.demand.screen.needs.milliseconds', { value: formatNumber(latencyMs.value) }),
        )}
        {row(
          t('stage.demand.screen.target.explainability'),
          explainability.origin,
          explainability.value === null ? null : t(`stage.demand.screen.explainability.${explainability.value}`),
        )}
        {row(
          t('stage.demand.screen.target.privacy'),
          privacy.origin,
          privacy.value === null ? null : t(`stage.demand.screen.privacy.${privacy.value}`),
        )}
      </tbody>
    </table>
  );
}

function Origin({ origin, title }: { readonly origin: RequirementOrigin; readonly title: string }) {
  const t = useT();
  if (origin.type !== 'data') return <span className="muted">{t(`stage.demand.screen.origin.${origin.type}`)}</span>;
  const { slot } = origin;
  return (
    <button type="button" className="link" onClick={() => inspect({ title, slot })}>
      {t('stage.demand.screen.origin.data', { slot: slotName(t, slot) })}
    </button>
  );
}
