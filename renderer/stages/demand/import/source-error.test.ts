import { expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { sourceError } from './source-error.ts';

it('names the file as the person chose it, and leaves failures alone that name no file', () => {
  expect([
    sourceError(new AppError('import.empty', { file: '3f2a.csv' }), 'survey.csv').params,
    sourceError(new AppError('source.not-found', { sourceId: 's1' }), 'survey.csv').params,
  ]).toEqual([{ file: 'survey.csv' }, { sourceId: 's1' }]);
});
