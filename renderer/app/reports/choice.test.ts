import { expect, test } from 'vitest';
import { useSession } from '../session.ts';
import { choiceOf, useReportDraft } from './choice.ts';

const written = () => choiceOf(useReportDraft.getState().draft, 'en');

test('a draft stays while its project is open and locked, and is gone when another is', () => {
  useSession.setState({ projectId: 'p1' });
  useReportDraft.getState().change({
    title: 'For the first customer',
    comments: [
      { id: 1, section: 'needs', text: ' of the first customer ' },
      { id: 2, section: 'needs', text: ' ' },
    ],
  });
  useSession.setState({ locked: true });
  useSession.setState({ locked: false });
  expect(written()).toMatchObject({
    language: 'en',
    title: 'For the first customer',
    comments: [{ section: 'needs', text: 'of the first customer' }],
  });
  useSession.setState({ projectId: 'p2' });
  expect(written()).toMatchObject({ title: '', comments: [] });
});
