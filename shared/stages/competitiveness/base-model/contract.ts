import { z } from 'zod';
import { MOST_MODEL_FILES } from './files.ts';

/** A base model's name among folders. */
export const baseModelId = z.string().regex(/^[A-Za-z0-9](?:[\w.-]{0,62}[A-Za-z0-9])?$/);

/** What a model folder is taken from: its files, each handed to the host before. */
export const importModelSchema = z.strictObject({
  /** New among the base models of this machine. */
  id: baseModelId,
  name: z.string().min(1).max(200),
  /** Languages that it was made for, as codes such as `zh`; may be none. */
  languages: z.array(z.string().regex(/^[a-z]{2,8}$/)).max(20),
  /** How a text's vector is made of its tokens'; null to take what the folder says, else the mean. */
  pooling: z.nullable(z.enum(['cls', 'mean'])).default(null),
  /** Where it is from, for the licence list; the folder's name where nobody says. */
  source: z.string().max(300).default(''),
  /** From a terminal also `"folder:PATH"`, which stands for all files of that folder that matter. */
  files: z
    .array(z.strictObject({ path: z.string().min(1).max(300), sourceId: z.string() }))
    .min(1)
    .max(MOST_MODEL_FILES),
});
export type ImportModel = z.output<typeof importModelSchema>;

/** What was found in an imported folder. */
export const importedModelSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** `config.json`'s model_type. */
  family: z.string(),
  layers: z.int(),
  hiddenSize: z.int(),
  embeddingSize: z.int(),
  heads: z.nullable(z.int()),
  vocabSize: z.int(),
  /** Most tokens of a text. */
  maxLength: z.int(),
  parameters: z.int(),
  /** Kinds of numbers that the files hold. */
  storedAs: z.array(z.string()),
  tokenizer: z.string(),
  pooling: z.enum(['cls', 'mean']),
  poolingFrom: z.enum(['chosen', 'folder', 'assumed']),
  /** '' where neither a licence file nor a model card says. */
  licence: z.string(),
  licenceFile: z.nullable(z.string()),
  /** Tensors that are no part of the encoder, such as heads for other tasks. */
  unused: z.int(),
  /** False for an ONNX file alone. */
  trainable: z.boolean().default(true),
  modelHash: z.string(),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string() })),
});
export type ImportedModel = z.output<typeof importedModelSchema>;
