import { Input, InputNumber, Select, Table } from 'antd';
import { COLUMN_ROLES, type ColumnRole, type RoleReason } from '../../../../shared/stages/demand/import/column-role.ts';
import { useT } from '../../../app/language.ts';
import { withRole } from './column-edit.ts';

const PAGE = 50;
const EXAMPLES = 3;
/** Pixels in which the list of roles shows without scrolling. */
const ALL_ROLES_HEIGHT = 400;

export interface GuessedRole extends ColumnRole {
  readonly reason: RoleReason;
}

interface Props {
  readonly columns: readonly ColumnRole[];
  /** What was guessed and why; empty where the guess is long past. */
  readonly guesses: readonly GuessedRole[];
  /** First rows, for examples. */
  readonly rows: readonly (readonly string[])[];
  readonly onChange: (columns: readonly ColumnRole[]) => void;
}

const sameRole = (a: ColumnRole, b: ColumnRole) => a.role === b.role;

/** What each column is for: role with its reason, scale of a score, delimiter of a multiple choice. */
export function ColumnRoles({ columns, guesses, rows, onChange }: Props) {
  const t = useT();
  const change = (changed: ColumnRole) =>
    onChange(columns.map((column) => (column.id === changed.id ? changed : column)));
  const guessOf = (id: string) => guesses.find((guess) => guess.id === id);
  const examplesOf = (id: string) => {
    const place = Number(id.slice(1));
    const values = rows.map((row) => row[place] ?? '').filter((value) => value !== '');
    return [...new Set(values)].slice(0, EXAMPLES).join(' · ');
  };
  return (
    <Table<ColumnRole>
      size="small"
      rowKey="id"
      dataSource={[...columns]}
      pagination={columns.length > PAGE ? { pageSize: PAGE, size: 'small' } : false}
      scroll={{ y: 300 }}
      data-testid="demand-import-roles"
      columns={[
        {
          title: t('stage.demand.screen.import.column'),
          key: 'name',
          width: 150,
          ellipsis: true,
          render: (_, { id, name }) => <strong title={name}>{name === '' ? id : name}</strong>,
        },
        {
          title: t('stage.demand.screen.import.role'),
          key: 'role',
          width: 170,
          render: (_, column) => (
            <Select
              size="small"
              className="fill"
              value={column.role}
              listHeight={ALL_ROLES_HEIGHT}
              aria-label={t('stage.demand.screen.import.roleOf', { column: column.name })}
              onChange={(role) => change(withRole(column, role, guessOf(column.id)?.scale))}
              options={COLUMN_ROLES.map((role) => ({ value: role, label: t(`stage.demand.screen.role.${role}`) }))}
              data-testid={`demand-role-${column.id}`}
            />
          ),
        },
        {
          title: t('stage.demand.screen.import.scale'),
          key: 'scale',
          width: 270,
          render: (_, column) => <ScaleCell column={column} onChange={change} />,
        },
        ...(guesses.length === 0
          ? []
          : [
              {
                title: t('stage.demand.screen.import.reason'),
                key: 'reason',
                width: 190,
                render: (_: unknown, column: ColumnRole) => {
                  const guess = guessOf(column.id);
                  return (
                    <span className="muted">
                      {guess !== undefined && sameRole(guess, column)
                        ? t(`stage.demand.screen.roleReason.${guess.reason}`)
                        : t('stage.demand.screen.import.byYou')}
                    </span>
                  );
                },
              },
              {
                title: t('stage.demand.screen.import.examples'),
                key: 'examples',
                ellipsis: true,
                render: (_: unknown, { id }: ColumnRole) => <span className="muted">{examplesOf(id)}</span>,
              },
            ]),
      ]}
    />
  );
}

function ScaleCell({
  column,
  onChange,
}: {
  readonly column: ColumnRole;
  readonly onChange: (column: ColumnRole) => void;
}) {
  const t = useT();
  const { scale, delimiter } = column;
  if (delimiter !== undefined)
    return (
      <Input
        size="small"
        className="short"
        prefix={<span className="muted">{t('stage.demand.screen.import.delimiterBetween')}</span>}
        value={delimiter}
        maxLength={3}
        onChange={({ target }) => target.value !== '' && onChange({ ...column, delimiter: target.value })}
      />
    );
  if (scale === undefined) return <span className="faint">—</span>;
  const set = (change: Partial<typeof scale>) => {
    const next = { ...scale, ...change };
    if (next.min < next.max) onChange({ ...column, scale: next });
  };
  return (
    <span className="scale-cell">
      <InputNumber
        size="small"
        controls={false}
        value={scale.min}
        aria-label={t('stage.demand.screen.import.lowest')}
        onChange={(min) => min !== null && set({ min })}
      />
      <span className="muted">–</span>
      <InputNumber
        size="small"
        controls={false}
        value={scale.max}
        aria-label={t('stage.demand.screen.import.highest')}
        onChange={(max) => max !== null && set({ max })}
      />
      <Select
        size="small"
        value={scale.direction}
        aria-label={t('stage.demand.screen.import.direction')}
        onChange={(direction) => set({ direction })}
        options={(['higher-better', 'lower-better'] as const).map((direction) => ({
          value: direction,
          label: t(`stage.demand.screen.direction.${direction}`),
        }))}
      />
    </span>
  );
}
