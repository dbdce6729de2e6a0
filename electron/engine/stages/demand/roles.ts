import { z } from 'zod';
import { columnRoleSchema } from '../../../../shared/stages/demand/import/column-role.ts';
import { defineKind } from '../../artifacts/kind.ts';

export const rolesParamsSchema = z.strictObject({ columns: z.array(columnRoleSchema).min(1) });

/** The roles that an analyst gave the columns of a dataset. */
export const rolesKind = defineKind({
  name: 'demand.roles',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: rolesParamsSchema,
  result: rolesParamsSchema,
  pausable: false,
  training: false,
  inputs: (_params, _slots, key) => [`demand.dataset:${key}`],
  defaultParams: () => null,
  run: async ({ params }) => ({ type: 'done', result: params }),
});
