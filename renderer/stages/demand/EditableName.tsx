import { Button, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../../app/language.ts';

const LONGEST = 200;

interface Props {
  readonly name: string;
  /** What is renamed, for people who do not see the screen. */
  readonly label: string;
  readonly onRename: (name: string) => void;
  readonly testId?: string;
}

/** A name that is changed where it stands: Enter or leaving saves, Escape keeps the old one. */
export function EditableName({ name, label, onRename, testId }: Props) {
  const t = useT();
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <Button
        type="text"
        size="small"
        className="editable-name"
        title={t('stage.demand.screen.rename')}
        aria-label={label}
        onClick={() => setDraft(name)}
        data-testid={testId}
      >
        <strong>{name}</strong>
        <span aria-hidden="true" className="faint">
          ✎
        </span>
      </Button>
    );
  }
  const save = () => {
    const wanted = draft.trim();
    if (wanted !== '' && wanted !== name) onRename(wanted);
    setDraft(null);
  };
  return (
    <Input
      size="small"
      autoFocus
      value={draft}
      maxLength={LONGEST}
      aria-label={label}
      onChange={({ target }) => setDraft(target.value)}
      onPressEnter={save}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Escape' && setDraft(null)}
      data-testid={testId}
    />
  );
}
