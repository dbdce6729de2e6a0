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
  const parts = gloss(text);
  return parts.map((part, index) => {
    if (part.term === null) {
      const rest = (parts[index - 1]?.term ?? null) === null ? part.text : part.text.slice(closing(part.text).length);
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text keep their order.
      return <Fragment key={index}>{rest}</Fragment>;
    }
    return (
      // A button may be parted from the mark after it, which would then begin a line.
      <span key={part.term} className="term-line">
        <Term term={part.term} text={part.text} />
        {closing(parts[index + 1]?.text ?? '')}
      </span>
    );
  });
}

/** The marks at the start of a text that may not begin a line. */
const closing = (text: string): string => /^[\p{Pe}\p{Pf}.,:;!?。，、：；！？…]*/u.exec(text)?.[0] ?? '';
