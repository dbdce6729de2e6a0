import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/contract/index.ts';
import { ENCODINGS } from '../../../../shared/stages/demand/import/encoding.ts';
import {
  DELIMITERS,
  FILE_FORMATS,
  type ImportOptions,
  type ImportOverrides,
} from '../../../../shared/stages/demand/import/import-options.ts';
import { useT } from '../../../app/language.ts';

type Inspection = Output<'demand.inspectSource'>['inspection'];

interface Props {
  /** Undefined until the file could be read. */
  readonly inspection: Inspection | undefined;
  readonly overrides: ImportOverrides;
  readonly onChange: (overrides: ImportOverrides) => void;
}

const DELIMITER_WORD = { ',': 'comma', '\t': 'tab', ';': 'semicolon', '|': 'bar' } as const;

function Option({
  label,
  reason,
  children,
}: {
  readonly label: string;
  readonly reason: string | null;
  readonly children: ReactNode;
}) {
  return (
    <div className="reading-option">
      <span className="reading-label">{label}</span>
      {children}
      <span className="muted reading-reason">{reason}</span>
    </div>
  );
}

/** How the file is read, each guess with its reason, each to be overruled. Clearing a choice goes back to the guess. */
export function ReadingOptions({ inspection, overrides, onChange }: Props) {
  const t = useT();
  const options = inspection?.options;
  const because = inspection?.guessedBecause;
  const set = <K extends keyof ImportOptions>(key: K, value: ImportOptions[K] | undefined) => {
    const { [key]: _before, ...others } = overrides;
    onChange(value === undefined ? others : { ...others, [key]: value });
  };
  const isDelimited = (options?.format ?? overrides.format) === 'delimited';
  const isText = (options?.format ?? overrides.format) !== 'xlsx';
  return (
    <div className="reading" data-testid="demand-import-options">
      <Option
        label={t('stage.demand.screen.import.format')}
        reason={because === undefined ? null : t(`stage.demand.screen.formatReason.${because.format}`)}
      >
        <Select
          placeholder={t('stage.demand.screen.import.automatic')}
          size="small"
          value={options?.format ?? overrides.format}
          allowClear={overrides.format !== undefined}
          onChange={(value) => set('format', value)}
          options={FILE_FORMATS.map((value) => ({ value, label: t(`stage.demand.screen.format.${value}`) }))}
          aria-label={t('stage.demand.screen.import.format')}
          data-testid="demand-import-format"
        />
      </Option>
      {isText && (
        <Option
          label={t('stage.demand.screen.import.encoding')}
          reason={
            because === undefined
              ? null
              : t(`stage.demand.screen.confidence.${because.encodingConfidence}`, {
                  reason: t(`stage.demand.screen.encodingReason.${because.encoding}`),
                })
          }
        >
          <Select
            placeholder={t('stage.demand.screen.import.automatic')}
            size="small"
            value={options?.encoding ?? overrides.encoding}
            allowClear={overrides.encoding !== undefined}
            onChange={(value) => set('encoding', value)}
            options={ENCODINGS.map((value) => ({ value, label: t(`stage.demand.screen.encoding.${value}`) }))}
            aria-label={t('stage.demand.screen.import.encoding')}
            data-testid="demand-import-encoding"
          />
        </Option>
      )}
      {isDelimited && (
        <Option
          label={t('stage.demand.screen.import.delimiter')}
          reason={because === undefined ? null : t(`stage.demand.screen.delimiterReason.${because.delimiter}`)}
        >
          <Select
            placeholder={t('stage.demand.screen.import.automatic')}
            size="small"
            value={options?.delimiter ?? overrides.delimiter}
            allowClear={overrides.delimiter !== undefined}
            onChange={(value) => set('delimiter', value)}
            options={DELIMITERS.map((value) => ({
              value,
              label: t(`stage.demand.screen.delimiter.${DELIMITER_WORD[value]}`),
            }))}
            aria-label={t('stage.demand.screen.import.delimiter')}
            data-testid="demand-import-delimiter"
          />
        </Option>
      )}
      {(isDelimited || !isText) && (
        <Option
          label={t('stage.demand.screen.import.header')}
          reason={because === undefined ? null : t(`stage.demand.screen.headerReason.${because.header}`)}
        >
          <Select
            placeholder={t('stage.demand.screen.import.automatic')}
            size="small"
            value={options?.hasHeader ?? overrides.hasHeader}
            allowClear={overrides.hasHeader !== undefined}
            onChange={(value) => set('hasHeader', value)}
            options={[
              { value: true, label: t('stage.demand.screen.import.headerYes') },
              { value: false, label: t('stage.demand.screen.import.headerNo') },
            ]}
            aria-label={t('stage.demand.screen.import.header')}
            data-testid="demand-import-header"
          />
        </Option>
      )}
      {inspection !== undefined && inspection.sheets.length > 0 && (
        <Option
          label={t('stage.demand.screen.import.sheet')}
          reason={t('stage.demand.screen.import.sheets', { count: inspection.sheets.length })}
        >
          <Select
            placeholder={t('stage.demand.screen.import.automatic')}
            size="small"
            value={options?.sheet}
            onChange={(value) => set('sheet', value ?? undefined)}
            options={inspection.sheets.map((value) => ({ value, label: value }))}
            aria-label={t('stage.demand.screen.import.sheet')}
            data-testid="demand-import-sheet"
          />
        </Option>
      )}
      {isText && (
        <Option
          label={t('stage.demand.screen.import.undecodable')}
          reason={t('stage.demand.screen.import.undecodableWhy')}
        >
          <Select
            placeholder={t('stage.demand.screen.import.automatic')}
            size="small"
            value={options?.undecodable ?? overrides.undecodable ?? 'refuse'}
            onChange={(value) => set('undecodable', value)}
            options={(['refuse', 'replace'] as const).map((value) => ({
              value,
              label: t(`stage.demand.screen.undecodable.${value}`),
            }))}
            aria-label={t('stage.demand.screen.import.undecodable')}
          />
        </Option>
      )}
    </div>
  );
}
