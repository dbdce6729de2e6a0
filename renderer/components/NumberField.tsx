import { InputNumber, type InputNumberProps } from 'antd';
import { Field } from './Field.tsx';

interface Props extends Omit<InputNumberProps<number>, 'onChange'> {
  readonly label: string;
  /** What it does, on hover. */
  readonly hint?: string;
  /** Told of numbers alone: a field that somebody empties keeps its number. */
  readonly onChange: (value: number) => void;
}

/** A number with its name above. */
export function NumberField({ label, hint, onChange, ...input }: Props) {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      <InputNumber<number> {...input} onChange={(value) => value !== null && onChange(value)} />
    </Field>
  );
}
