import { Segmented } from 'antd';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type { BacklogItem, BacklogNote } from '../../../../shared/stages/service/results.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { BacklogTable, EMPTY_NOTE } from '../improvement/BacklogTable.tsx';
import { itemText } from '../improvement/item-words.ts';
import { useService } from '../store.ts';
import { noticeLines } from '../words.ts';

const SLOT = 'service.backlog';
const SETTLED = ['done', 'dropped'] as const;

/** What to improve next, ranked by f1. */
export function ImprovementStep() {
  const t = useT();
  const needs = useView('demand.needs', {}, ['demand.needs']);
  const backlog = useView('service.backlog', {}, ['service.backlog', 'service.backlogEfforts', 'service.backlogNotes']);
  const datasets = useDatasets();
  const { draws, seed, backlogOpenOnly } = useService();
  const { send, error, clear } = useCommand();
  if (needs.value === null) {
    return (
      <NothingYet
        stage="service"
        step="improvement"
        title={t('stage.service.screen.improvement.missing')}
        hint={`${t('stage.service.screen.improvement.noneHint')} ${t('stage.service.screen.improvement.missingHint')}`}
        go={{ stage: 'demand', step: 'needs', label: t('stage.service.screen.improvement.goNeeds') }}
      />
    );
  }
  const view = backlog.value?.view ?? null;
  const notes = backlog.value?.notes ?? [];
  const noteOf = (id: string): BacklogNote => notes.find((note) => note.id === id) ?? { id, ...EMPTY_NOTE };
  const names = new Map((datasets.value ?? []).map(({ id, dataset: { name } }) => [id, name]));
  const isFresh = view !== null && view.artifact.stale.length === 0;
  const effortOf = ({ effort }: BacklogItem) => (effort.origin === 'decided' ? effort.value : null);
  const save = (item: BacklogItem, change: Partial<BacklogNote>, effort: number | null) =>
    void send('service.setBacklogItem', { ...noteOf(item.id), ...change, id: item.id, effort });
  const items = (view?.result.items ?? []).filter(
    ({ id }) => !backlogOpenOnly || !SETTLED.some((status) => status === noteOf(id).status),
  );
  const first = view?.result.items.find(({ rank }) => rank === 1);
  const notApplied = backlog.value?.notApplied ?? [];
  return (
    <StepPage
      stage="service"
      step="improvement"
      action={
        <JobButton
          request="service.computeBacklog"
          input={{ draws, seed }}
          slot={SLOT}
          label={t(`stage.service.screen.improvement.${view === null ? 'compute' : 'again'}`)}
          primary={!isFresh}
          testId="service-improvement-compute"
        />
      }
      notice={
        <>
          <ViewNotice view={needs} />
          <ViewNotice view={backlog} />
          {error !== null && <ErrorNotice error={error} onClose={clear} />}
        </>
      }
      controls={
        <Card title={t('stage.service.screen.improvement.sampling')}>
          <div className="form-row">
            <NumberField
              label={t('stage.service.screen.improvement.draws')}
              min={100}
              max={20_000}
              precision={0}
              value={draws}
              onChange={(value) => useService.setState({ draws: value })}
            />
            <NumberField
              label={t('stage.service.screen.improvement.seed')}
              min={0}
              max={4294967295}
              precision={0}
              value={seed}
              onChange={(value) => useService.setState({ seed: value })}
            />
          </div>
        </Card>
      }
    >
      {backlog.value !== undefined && view === null && (
        <Card>
          <EmptyState
            title={t('stage.service.screen.improvement.none')}
            hint={t('stage.service.screen.improvement.noneHint')}
            slot={SLOT}
          />
        </Card>
      )}
      {view !== null && (
        <>
          <Card flush testId="service-backlog">
            <div className="card-head">
              <p className="answer">
                {first === undefined
                  ? t('stage.service.screen.improvement.empty')
                  : t('stage.service.screen.improvement.first', {
                      item: itemText(t, first, names),
                      share: formatShare(first.firstShare),
                    })}
              </p>
              <Segmented
                size="small"
                value={backlogOpenOnly ? 'open' : 'all'}
                aria-label={t('stage.service.screen.improvement.filter')}
                options={[
                  { value: 'all', label: t('stage.service.screen.improvement.filterAll') },
                  { value: 'open', label: t('stage.service.screen.improvement.filterOpen') },
                ]}
                onChange={(shown) => useService.setState({ backlogOpenOnly: shown === 'open' })}
              />
            </div>
            <BacklogTable
              view={view}
              items={items}
              notes={notes}
              names={names}
              onNote={(item, change) => save(item, change, effortOf(item))}
              onEffort={(item, effort) => save(item, {}, effort)}
            />
            <ArtifactStamp
              artifact={view.artifact}
              method={t('stage.service.screen.improvement.scoreMethod', { draws: view.result.draws })}
            />
          </Card>
          <NoticeList lines={noticeLines(t, view.result.notices)} />
          {notApplied.length > 0 && (
            <p className="attention-words">
              ▲{' '}
              {t('stage.service.screen.improvement.notApplied', {
                count: notApplied.length,
                items: notApplied.join(t('list.separator')),
              })}
            </p>
          )}
        </>
      )}
    </StepPage>
  );
}
