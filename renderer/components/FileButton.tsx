interface Props {
  readonly label: string;
  /** Where the label alone does not say which of several it is. */
  readonly name?: string;
  /** File endings, as `accept` has them. */
  readonly accepted: string;
  readonly primary?: boolean;
  readonly disabled: boolean;
  readonly onFile: (file: File) => void;
  readonly testId: string;
}

/** Asks for one file of the person's own. The same file may be chosen again after a failure. */
export function FileButton({ label, name, accepted, primary = false, disabled, onFile, testId }: Props) {
  return (
    <label className={primary ? 'drop-button' : 'drop-button drop-button-quiet'}>
      <input
        type="file"
        className="visually-hidden"
        accept={accepted}
        disabled={disabled}
        data-testid={testId}
        {...(name === undefined ? {} : { 'aria-label': name })}
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
      {label}
    </label>
  );
}
