interface Props {
  readonly label: string;
  /** Where the label alone does not say which of several it is. */
  readonly name?: string;
  /** File endings, as `accept` has them; a folder with all that is in it where left out. */
  readonly accepted?: string;
  readonly primary?: boolean;
  readonly disabled: boolean;
  /** One file, or all of a folder. Never none. */
  readonly onFiles: (files: readonly [File, ...File[]]) => void;
  readonly testId: string;
}

/** Asks for a file or a folder of the person's own. The same may be chosen again after a failure. */
export function FileButton({ label, name, accepted, primary = false, disabled, onFiles, testId }: Props) {
  const kind = accepted === undefined ? { webkitdirectory: '' } : { accept: accepted };
  return (
    <label className={primary ? 'drop-button' : 'drop-button drop-button-quiet'}>
      <input
        type="file"
        className="visually-hidden"
        disabled={disabled}
        data-testid={testId}
        {...kind}
        {...(name === undefined ? {} : { 'aria-label': name })}
        onChange={({ target }) => {
          const [first, ...rest] = target.files ?? [];
          target.value = '';
          if (first !== undefined) onFiles([first, ...rest]);
        }}
      />
      {label}
    </label>
  );
}
