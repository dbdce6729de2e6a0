import {
  type ColumnRole,
  isScoreRole,
  type Role,
  type Scale,
} from '../../../../shared/stages/demand/import/column-role.ts';

const USUAL_SCALE: Scale = { min: 1, max: 5, direction: 'higher-better' };
const NPS_SCALE: Scale = { min: 0, max: 10, direction: 'higher-better' };
const USUAL_DELIMITER = ';';

/** A column with another role: a score gets the scale that was seen or the usual one, a multiple choice a delimiter, all others neither. */
export function withRole(column: ColumnRole, role: Role, seen: Scale | undefined): ColumnRole {
  const { id, name } = column;
  if (role === 'nps') return { id, name, role, scale: NPS_SCALE };
  if (isScoreRole(role)) return { id, name, role, scale: column.scale ?? seen ?? USUAL_SCALE };
  if (role === 'multi-choice') return { id, name, role, delimiter: column.delimiter ?? USUAL_DELIMITER };
  return { id, name, role };
}
