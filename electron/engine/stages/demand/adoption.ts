import { z } from 'zod';
import { defineKind } from '../../artifacts/kind.ts';

const adoptionSchema = z.strictObject({});

/** A dataset of another stage (a later round, tickets) that somebody made part of D. While it stands, f1 counts its rows. */
export const adoptionKind = defineKind({
  name: 'demand.adoption',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: adoptionSchema,
  result: adoptionSchema,
  pausable: false,
  training: false,
  inputs: (_params, _slots, key) => [`demand.dataset:${key}`],
  defaultParams: () => null,
  run: async () => ({ type: 'done', result: {} }),
});
