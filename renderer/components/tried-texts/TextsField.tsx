import { Input } from 'antd';
import type { ReactNode } from 'react';
import { create } from 'zustand';
import { MOST_ANSWERED_TEXTS } from '../../../shared/stages/competitiveness/tasks/contract.ts';
import { useT } from '../../app/language.ts';
import { useSession } from '../../app/session.ts';
import { Field } from '../Field.tsx';

const NOTHING_ENTERED = { entered: '' };

/** What was written, one text a line: the same texts are tried on one model after another. It ends with the project. */
const useEntered = create<{ readonly entered: string }>(() => NOTHING_ENTERED);

useSession.subscribe((now, before) => {
  if (now.projectId !== before.projectId) useEntered.setState(NOTHING_ENTERED);
});

/** Texts to be tried. */
export function TextsField({
  children,
}: {
  /** The button that has them answered; `missing` says why it cannot be. */
  readonly children: (texts: string[], missing: string | null) => ReactNode;
}) {
  const t = useT();
  const entered = useEntered((state) => state.entered);
  const lines = entered
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const texts = lines.slice(0, MOST_ANSWERED_TEXTS);
  return (
    <>
      <Field label={t('triedTexts.lead', { most: MOST_ANSWERED_TEXTS })}>
        <Input.TextArea
          value={entered}
          rows={4}
          onChange={({ target }) => useEntered.setState({ entered: target.value })}
          data-testid="tried-texts"
        />
      </Field>
      {lines.length > MOST_ANSWERED_TEXTS && (
        <p className="attention-words small" data-testid="tried-texts-cut">
          ▲ {t('triedTexts.cutLines', { most: MOST_ANSWERED_TEXTS, count: lines.length })}
        </p>
      )}
      <div className="form-row">{children(texts, texts.length === 0 ? t('triedTexts.missing') : null)}</div>
    </>
  );
}
