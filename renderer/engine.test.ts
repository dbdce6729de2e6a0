import { expect, test } from 'vitest';
import { setCurrentProject, whileShown } from './engine.ts';

test('an answer is handed on while its project is shown, and dropped once it was left, locked or entered anew', async () => {
  const put: string[] = [];
  const take = (value: string) => {
    put.push(value);
  };
  setCurrentProject('p1');
  await whileShown(Promise.resolve('here'), take);
  for (const next of [null, 'p2', 'p2']) {
    const asked = Promise.withResolvers<string>();
    const shown = whileShown(asked.promise, take);
    setCurrentProject(next);
    asked.resolve('late');
    await shown;
  }
  expect(put).toEqual(['here']);
});

test('a failure reaches the screen that asked, and no other', async () => {
  setCurrentProject('p1');
  await expect(whileShown(Promise.reject(new Error('refused')), () => undefined)).rejects.toThrow('refused');
  const asked = Promise.withResolvers<string>();
  const shown = whileShown(asked.promise, () => undefined);
  setCurrentProject(null);
  asked.reject(new Error('late'));
  await expect(shown).resolves.toBeUndefined();
});
