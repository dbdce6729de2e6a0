import { useT } from '../../../app/language.ts';
import { CompressionTable } from './CompressionTable.tsx';
import { GateCard } from './GateCard.tsx';
import type { ModelRow } from './rows.ts';
import { SensitivityCard } from './SensitivityCard.tsx';
import { TradeChart } from './TradeChart.tsx';

interface Props {
  readonly rows: readonly ModelRow[];
  /** The compressed model in question. */
  readonly chosen: ModelRow;
  readonly onChoose: (id: string) => void;
}

/** Whether a compressed model may stand in for its original, and the others of its kind beside both. */
export function CompressionResults({ rows, chosen, onChoose }: Props) {
  const t = useT();
  const { compression } = chosen.view.result;
  return (
    <>
      <GateCard chosen={chosen} original={rows.find(({ id }) => id === compression?.parentId)} />
      <CompressionTable rows={rows} selected={chosen.id} onChoose={onChoose} />
      <div className="compression-charts">
        <TradeChart rows={rows} chosen={chosen} onChoose={onChoose} />
        <SensitivityCard chosen={chosen} />
      </div>
      <p className="muted">{t('stage.competitiveness.screen.compression.batchNote')}</p>
    </>
  );
}
