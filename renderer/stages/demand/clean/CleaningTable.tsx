import { Switch, Table } from 'antd';
import type { ArtifactInfo } from '../../../../shared/contract/artifact.ts';
import { isI18nKey } from '../../../../shared/i18n/translate.ts';
import { CLEANING_STEPS, type CleaningStepId, type Recipe } from '../../../../shared/stages/demand/clean/recipe.ts';
import type { CleanResult } from '../../../../shared/stages/demand/contract.ts';
import { useT } from '../../../app/language.ts';
import { WeightBar } from '../../../charts/WeightBar.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { NumberText } from '../../../components/NumberText.tsx';
import { columnName, type Dataset } from '../../../components/use-datasets.ts';
import { withStep } from './recipe-edit.ts';
import { StepOptions } from './StepOptions.tsx';

type StepResult = CleanResult['steps'][number];

interface Row {
  readonly id: CleaningStepId;
  readonly result: StepResult | undefined;
}

interface Props {
  readonly dataset: Dataset;
  readonly recipe: Recipe;
  readonly onChange: (recipe: Recipe) => void;
  /** Null before the first run. */
  readonly view: { readonly artifact: ArtifactInfo; readonly result: CleanResult } | null;
}

/** The recipe, step by step, with what each step did; a step opens to its options and examples. */
export function CleaningTable({ dataset, recipe, onChange, view }: Props) {
  const t = useT();
  const total = view?.result.rowsIn ?? dataset.dataset.rowCount;
  const rows: readonly Row[] = CLEANING_STEPS.map((id) => ({
    id,
    // What a step that was off left untouched is nothing that it did.
    result: view?.result.steps.find((step) => step.id === id && step.enabled),
  }));
  const name = (id: CleaningStepId) => t(`stage.demand.screen.cleanStep.${id}.name`);
  return (
    <Table<Row>
      size="small"
      rowKey="id"
      dataSource={[...rows]}
      pagination={false}
      data-testid="demand-clean-steps"
      expandable={{
        columnTitle: <span className="visually-hidden">{t('list.details')}</span>,
        expandRowByClick: false,
        columnWidth: 32,
        expandedRowRender: ({ id, result }) => (
          <div className="clean-detail">
            <p className="muted">{t(`stage.demand.screen.cleanStep.${id}.what`)}</p>
            <StepOptions step={id} recipe={recipe} onChange={onChange} />
            {result !== undefined && <Examples dataset={dataset} step={result} />}
          </div>
        ),
      }}
      columns={[
        {
          title: t('stage.demand.screen.clean.on'),
          key: 'on',
          width: 56,
          render: (_, { id }) => (
            <Switch
              size="small"
              checked={recipe[id].enabled}
              aria-label={name(id)}
              onChange={(enabled) => onChange(withStep(recipe, id, { enabled }))}
              data-testid={`demand-clean-step-${id}`}
            />
          ),
        },
        {
          title: t('stage.demand.screen.clean.step'),
          key: 'step',
          render: (_, { id, result }) => (
            <>
              <strong className={recipe[id].enabled ? '' : 'faint'}>{name(id)}</strong>
              {result !== undefined && result.notApplicable !== null && (
                <span className="muted small"> {notApplicableText(t, result.notApplicable)}</span>
              )}
            </>
          ),
        },
        {
          title: t('stage.demand.screen.clean.left'),
          key: 'left',
          width: 180,
          render: (_, { id, result }) =>
            result === undefined ? (
              <span className="faint">—</span>
            ) : (
              <WeightBar
                width={160}
                parts={[{ id: 'left', label: name(id), value: result.rowsOut }]}
                interval={null}
                max={Math.max(1, total)}
                reference={total}
                label={t('stage.demand.screen.clean.leftLabel', { rowsIn: result.rowsIn, rowsOut: result.rowsOut })}
              />
            ),
        },
        {
          title: t('stage.demand.screen.clean.inOut'),
          key: 'inOut',
          align: 'right',
          className: 'number',
          render: (_, { result }) =>
            result === undefined ? (
              <span className="faint">—</span>
            ) : (
              <>
                <NumberText value={result.rowsIn} /> → <NumberText value={result.rowsOut} />
              </>
            ),
        },
        {
          title: t('stage.demand.screen.clean.removed'),
          key: 'removed',
          align: 'right',
          className: 'number',
          render: (_, { id, result }) =>
            result === undefined ? (
              <span className="faint">—</span>
            ) : (
              <>
                {result.labelConflicts > 0 && (
                  <span
                    className="tag tag-attention"
                    title={t('stage.demand.screen.clean.conflictsHint', { count: result.labelConflicts })}
                  >
                    ▲ {t('stage.demand.screen.clean.conflicts', { count: result.labelConflicts })}
                  </span>
                )}{' '}
                <EvidenceLink
                  count={result.rowsIn - result.rowsOut}
                  evidence={{ type: 'clean', datasetId: dataset.id, step: id }}
                  title={t('stage.demand.screen.clean.removedBy', { step: name(id) })}
                />
              </>
            ),
        },
        {
          title: t('stage.demand.screen.clean.cells'),
          key: 'cells',
          align: 'right',
          className: 'number',
          render: (_, { id, result }) =>
            result === undefined || view === null ? (
              <span className="faint">—</span>
            ) : (
              <InspectedNumber
                value={result.cellsChanged}
                inspected={{
                  title: t('stage.demand.screen.clean.cellsBy', { step: name(id) }),
                  n: result.rowsOut,
                  method: t(`stage.demand.screen.cleanStep.${id}.what`),
                  seed: view.artifact.seed,
                  slot: view.artifact.slot,
                }}
              />
            ),
        },
      ]}
    />
  );
}

/** Why a step had nothing to do, in words; the id where it is not known. */
function notApplicableText(t: ReturnType<typeof useT>, reason: string): string {
  const key = `stage.demand.screen.notApplicable.${reason}`;
  return isI18nKey(key) ? t(key) : reason;
}

function Examples({ dataset, step }: { readonly dataset: Dataset; readonly step: StepResult }) {
  const t = useT();
  if (step.examples.length === 0) return null;
  return (
    <div>
      <h3>{t('stage.demand.screen.clean.examples')}</h3>
      <ul className="examples">
        {step.examples.map(({ row, columnId, before, after }) => (
          <li key={`${row} ${columnId}`}>
            <span className="muted number">
              {t('evidence.position', { row: row + 1 })}{' '}
              {columnId !== null && <span>{columnName([dataset], dataset.id, columnId)}</span>}
            </span>
            <span className="example-text">{before ?? t('stage.demand.screen.clean.hidden')}</span>
            <span className="example-text">
              →{' '}
              {after === null
                ? t('stage.demand.screen.clean.rowRemoved')
                : after === ''
                  ? t('stage.demand.screen.clean.emptyCell')
                  : after}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
