import { z } from 'zod';
import { viewOf } from '../../contract/artifact.ts';
import { command, defineStage, job, noInput, query } from '../../contract/stage.ts';
import { machineFitSchema } from '../../train/fit-machine.ts';
import { runConfigSchema } from '../../train/run-config.ts';
import { seedCountSchema } from '../competitiveness/seeds.ts';
import { planChoiceSchema, trainingPlanSchema } from '../competitiveness/training-plan.ts';
import {
  BACKLOG_STATUSES,
  backlogNoteSchema,
  backlogResultSchema,
  demandChangeSchema,
  driftResultSchema,
  driftSlicesSchema,
  roundsResultSchema,
  roundsSetupSchema,
  serviceCalendarSchema,
  slaTargetSchema,
  ticketColumnsSchema,
  ticketsResultSchema,
  triagedTicketSchema,
  triageResultSchema,
} from './results.ts';

const datasetId = z.string().regex(/^d\d{1,6}$/);
const byDataset = z.strictObject({ datasetId });
const seed = z.int().min(0).max(4294967295);
const share = z.number().min(0).max(1);

export const ticketAnalysisSchema = z.strictObject({
  columns: ticketColumnsSchema,
  sla: z.array(slaTargetSchema).max(200),
  /** Null: around the clock. */
  calendar: z.nullable(serviceCalendarSchema),
  /** ISO time at which open tickets are looked at; null: the last time in the data. */
  asOf: z.nullable(z.iso.datetime({ offset: true })),
});
export type TicketAnalysis = z.output<typeof ticketAnalysisSchema>;

export const triageChoiceSchema = z.strictObject({
  modelId: z.string(),
  /** Below this confidence a ticket waits for a person. */
  confidenceBelow: share,
  /** Column with labels that people gave; null: none. */
  truthColumn: z.nullable(z.string()),
});
export type TriageChoice = z.output<typeof triageChoiceSchema>;

export const driftChoiceSchema = z.strictObject({
  /** The texts that this model was trained on are the reference. */
  modelId: z.string(),
  slices: driftSlicesSchema,
  permutations: z.int().min(19).max(2000),
});
export type DriftChoice = z.output<typeof driftChoiceSchema>;

/** What a continued training learns from, and from which model it goes on. */
const continuedChoiceSchema = z.strictObject({
  datasetId,
  sourceId: z.string().regex(/^[RCA]\d{1,6}$/),
  /** Column with classes that people gave, beneath what was set right; null: what was set right alone. */
  labelColumn: z.nullable(z.string()),
});

const continuedSetupSchema = z.strictObject({
  /** Tickets with a class from people: set right here, and by the column alone. */
  corrected: z.int(),
  fromColumn: z.int(),
  needed: z.int(),
  /** That these tickets have; with enough of them, that those have from which it would learn. */
  classes: z.int(),
  /** Classes that the model does not know: its classifier would begin anew. */
  unknownClasses: z.array(z.string()),
  /** What `continueTraining` takes without a config of its own, on this machine; null with too few tickets or one class. */
  config: z.nullable(runConfigSchema),
  /** Tickets that it would learn from, the others choose and test; 0 where nothing is suggested. */
  trainRows: z.int(),
  /** Of these, those of the smallest class that has any. */
  smallestClass: z.int(),
  /** Null where nothing is suggested. */
  machine: z.nullable(machineFitSchema),
  /** Of the model's encoder. */
  layers: z.int(),
  /** The scenario of stage 3 that holds these tickets; null before the first training. */
  scenarioId: z.nullable(z.string()),
});
export type ContinuedSetup = z.output<typeof continuedSetupSchema>;

export const service = defineStage('service', ['tickets', 'rounds', 'monitoring', 'improvement'], {
  guessTicketColumns: query(
    'Which column of a ticket file means what, by names and values; null where none fits',
    byDataset,
    z.strictObject({
      columns: ticketColumnsSchema.extend({ createdAt: z.nullable(z.string()) }),
      /** All columns, for the choice. */
      all: z.array(z.strictObject({ columnId: z.string(), name: z.string(), example: z.string() })),
      priorities: z.array(z.string()),
    }),
  ),
  analyseTickets: job(
    'First-response and resolution times and the share of tickets within the targets',
    ticketAnalysisSchema.extend({ datasetId }),
  ),
  tickets: query('The ticket analysis of a dataset', byDataset, viewOf(ticketsResultSchema)),
  triage: job('Label tickets with a model of the project', triageChoiceSchema.extend({ datasetId })),
  triaged: query(
    'The triage of a dataset, with what people set right since',
    byDataset,
    z.nullable(
      z.strictObject({
        view: viewOf(triageResultSchema).unwrap(),
        corrections: z.strictObject({
          /** Rows whose label a person set right. */
          rows: z.int(),
          /** Corrections of texts that are no longer there. */
          notApplied: z.int(),
        }),
        /** Labels that count, corrections included. */
        effective: z.array(z.strictObject({ label: z.string(), rows: z.int() })),
      }),
    ),
  ),
  triagedTickets: query(
    'Triaged tickets, page by page',
    z.strictObject({
      datasetId,
      /** Effective label; null: all. */
      label: z.nullable(z.string()),
      show: z.enum(['all', 'low-confidence', 'corrected', 'disagreeing']),
      order: z.enum(['row', 'confidence']),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({ total: z.int(), rows: z.array(triagedTicketSchema) }),
  ),
  correctTriage: command(
    'Set the label of a ticket right, or take the correction back (null)',
    z.strictObject({ datasetId, row: z.int().min(0), label: z.nullable(z.string()) }),
    noInput,
  ),
  correctedLabels: query(
    'Corrections as labelled texts: what a next training can learn from',
    byDataset,
    z.array(z.strictObject({ row: z.int(), text: z.string(), label: z.string(), predicted: z.nullable(z.string()) })),
  ),
  continuedSetup: query(
    'What a model could learn from tickets with a class from people, and how it would be trained on here, with the reason',
    continuedChoiceSchema,
    continuedSetupSchema,
  ),
  planTraining: job(
    'Measure what it would cost to train a model further on tickets, from a few updates of each recipe: time, memory, updates',
    continuedChoiceSchema.extend({ configs: planChoiceSchema.shape.configs }),
  ),
  trainingPlan: query(
    'What the recipes measured last on these tickets would cost',
    continuedChoiceSchema.omit({ sourceId: true }),
    viewOf(trainingPlanSchema),
  ),
  continueTraining: job(
    'Train a model on with what people say of tickets, earlier rows among them against forgetting; a scenario of stage 3 holds the rows',
    continuedChoiceSchema.extend({
      name: z.string().min(1).max(200),
      /** Of the scenario, when it is made. */
      scenarioName: z.string().min(1).max(200),
      /** Null: as `continuedSetup` says. */
      config: z.nullable(runConfigSchema),
      /** From how many seeds, the recipe's own and those after it: mean and interval over them. 1 where left out. */
      seeds: seedCountSchema.optional(),
      seed,
    }),
  ),
  setRounds: command('Say which datasets make which feedback round', roundsSetupSchema, noInput),
  roundsSetup: query('The feedback rounds as set', noInput, roundsSetupSchema),
  computeRounds: job('Scores of each round, differences and control limits', noInput),
  rounds: query('Scores of the rounds', noInput, viewOf(roundsResultSchema)),
  adoptRound: command('Make a round or tickets part of D', byDataset, noInput),
  withdrawRound: command('Take a round or tickets out of D again', byDataset, noInput),
  demandChange: query('What the adopted data changed in f1, and what no longer holds', noInput, demandChangeSchema),
  monitorDrift: job(
    'Compare texts with those that a model was trained on',
    driftChoiceSchema.extend({ datasetId, seed }),
  ),
  drift: query('Drift of a dataset', byDataset, viewOf(driftResultSchema)),
  drifts: query('Drift of all datasets that were monitored', noInput, z.array(viewOf(driftResultSchema).unwrap())),
  computeBacklog: job(
    'Rank what should be improved by f1 weight, share affected, severity and effort',
    z.strictObject({ draws: z.int().min(100).max(20_000), seed }),
  ),
  backlog: query(
    'The backlog, with status, owner and note of each item',
    noInput,
    z.strictObject({
      view: viewOf(backlogResultSchema),
      notes: z.array(backlogNoteSchema),
      /** Items with a note or an effort that the last computation no longer has. */
      notApplied: z.array(z.string()),
    }),
  ),
  setBacklogItem: command(
    'Set effort, status, owner and note of a backlog item; a new effort ranks anew',
    z.strictObject({
      id: z.string().min(1).max(500),
      /** Null: as assumed. */
      effort: z.nullable(z.number().positive().max(1000)),
      status: z.enum(BACKLOG_STATUSES),
      owner: z.string().max(200),
      note: z.string().max(2000),
    }),
    noInput,
  ),
});
