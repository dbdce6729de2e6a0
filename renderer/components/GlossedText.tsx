import { Tooltip } from 'antd';
import { Fragment } from 'react';
import type { GlossaryTerm } from '../../shared/help/glossary.ts';
import type { Language } from '../../shared/i18n/translate.ts';
import { useLanguage, useT } from '../app/language.ts';
import { useNavigation } from '../app/navigation.ts';
import { createGloss, type Gloss } from './gloss.ts';

const known = new Map<Language, Gloss>();

/** A term with its meaning on hover and focus; a click leads to the glossary. */
function Term({ term, text }: { readonly term: GlossaryTerm; readonly text: string }) {
  const t = useT();
  const formula = t(`glossary.${term}.formula`);
  return (
    <Tooltip
      trigger={['hover', 'focus']}
      title={
        <>
          <strong>{t(`glossary.${term}.name`)}</strong>
          <p>{t(`glossary.${term}.plain`)}</p>
          {formula !== '' && <p className="number">{formula}</p>}
        </>
      }
    >
      <button
        type="button"
        className="term"
        data-term={term}
        onClick={() => useNavigation.getState().go({ type: 'glossary', term })}
      >
        {text}
      </button>
    </Tooltip>
  );
}

/** A text in which the words of the glossary explain themselves. */
export function GlossedText({ text }: { readonly text: string }) {
  const t = useT();
  const language = useLanguage();
  const gloss = known.get(language) ?? createGloss(t);
  if (!known.has(language)) known.set(language, gloss);
  return gloss(text).map((part, index) =>
    part.term === null ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text keep their order.
      <Fragment key={index}>{part.text}</Fragment>
    ) : (
      <Term key={part.term} term={part.term} text={part.text} />
    ),
  );
}
