interface Props {
  readonly label: string;
  readonly disabled: boolean;
  readonly onChoose: (files: readonly File[]) => void;
  readonly testId: string;
}

/** Asks the system for a folder and gives its files. */
export function FolderButton({ label, disabled, onChoose, testId }: Props) {
  return (
    <span className="job-button">
      <label className="drop-button drop-button-quiet">
        <input
          type="file"
          multiple
          className="visually-hidden"
          disabled={disabled}
          data-testid={testId}
          // React's types have no name for it.
          ref={(input) => input?.setAttribute('webkitdirectory', '')}
          onChange={({ target }) => {
            const files = [...(target.files ?? [])];
            target.value = '';
            if (files.length > 0) onChoose(files);
          }}
        />
        {label}
      </label>
    </span>
  );
}
