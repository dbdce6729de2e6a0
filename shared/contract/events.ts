import { z } from 'zod';
import { jobRecordSchema, jobSeriesSchema, VERIFY_CHECKS } from './project.ts';

/** Facts that an open project tells its screens. A new subscriber gets the current jobs first. */
export const projectEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('jobChanged'), job: jobRecordSchema }),
  /** New points of a training job's curves since the last such event. */
  z.strictObject({ type: z.literal('seriesExtended'), series: jobSeriesSchema }),
  /** How far a verification has come in the check under way. */
  z.strictObject({
    type: z.literal('verifyProgressed'),
    check: z.enum(VERIFY_CHECKS),
    done: z.int(),
    total: z.int(),
  }),
  /** An artifact was published or removed: slots whose views changed. */
  z.strictObject({ type: z.literal('projectChanged'), dataVersion: z.int(), slots: z.array(z.string()) }),
  /** The project asks for its password again; nothing more is told to who was listening. */
  z.strictObject({ type: z.literal('projectLocked') }),
]);
export type ProjectEvent = z.output<typeof projectEventSchema>;
