import { z } from 'zod';
import { broken } from '../../../errors/issue-reason.ts';
import { because } from '../../../errors/reasons.ts';

/** What a column means. `item` is a rated statement that may explain an outcome; `rating` any other score; `nps` 0–10 likelihood to
 *  recommend; `choice` one of several, `multi-choice` any of several in one cell; `label` a class given to the text. */
export const COLUMN_ROLES = [
  'text',
  'rating',
  'nps',
  'csat',
  'ces',
  'item',
  'outcome',
  'choice',
  'multi-choice',
  'date',
  'segment',
  'label',
  'respondentId',
  'weight',
  'ignore',
] as const;
export type Role = (typeof COLUMN_ROLES)[number];

/** Roles whose cells are scores on a scale. */
const SCORE_ROLES: ReadonlySet<Role> = new Set(['rating', 'nps', 'csat', 'ces', 'item', 'outcome']);

export const scaleSchema = z
  .strictObject({
    min: z.number(),
    max: z.number(),
    direction: z.enum(['higher-better', 'lower-better']),
    /** Words in place of numbers, for `min`, `min` + 1, … */
    labels: z.array(z.string()).optional(),
  })
  .refine(({ min, max }) => min < max, broken(because('scale-order', {}), 'max'));
export type Scale = z.output<typeof scaleSchema>;

export const columnRoleSchema = z
  .strictObject({
    id: z.string().regex(/^c\d{1,3}$/),
    name: z.string(),
    role: z.enum(COLUMN_ROLES),
    scale: scaleSchema.optional(),
    /** What parts the choices in a cell of `multi-choice`. */
    delimiter: z.string().min(1).max(3).optional(),
  })
  .refine(({ role, scale }) => !isScoreRole(role) || scale !== undefined, broken(because('scale-missing', {}), 'scale'))
  .refine(
    ({ role, delimiter }) => role !== 'multi-choice' || delimiter !== undefined,
    broken(because('delimiter-missing', {}), 'delimiter'),
  );
export type ColumnRole = z.output<typeof columnRoleSchema>;

export const ROLE_REASONS = [
  'empty',
  'name',
  'name-and-values',
  'unique-values',
  'dates',
  'scale-values',
  'scale-words',
  'repeated-separators',
  'few-values',
  'long-texts',
  'other-numbers',
  'other-values',
] as const;
export type RoleReason = (typeof ROLE_REASONS)[number];

export function isScoreRole(role: Role): boolean {
  return SCORE_ROLES.has(role);
}

/** 0-based place of a column id in a row. */
export function columnIndex(id: string): number {
  return Number(id.slice(1));
}
