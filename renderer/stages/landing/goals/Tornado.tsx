import type { AnnualValue, GoalResult } from '../../../../shared/stages/landing/goals/results.ts';
import { useT } from '../../../app/language.ts';
import { ChartFigure } from '../../../charts/ChartFigure.tsx';
import { linearScale, roundTicks } from '../../../charts/scale.ts';
import { Card } from '../../../components/Card.tsx';
import { moneyText } from '../words.ts';

const WIDTH = 640;
const ROW = 30;
const NAME = 120;
const EDGE = 70;
const TOP = 6;

/** What each input of a yearly value alone would change, widest first, around the likely value. */
export function Tornado({ goal, value }: { readonly goal: GoalResult; readonly value: AnnualValue }) {
  const t = useT();
  const ends = value.tornado.flatMap(({ atLow, atHigh }) => [atLow, atHigh]);
  const span: [number, number] = [Math.min(...ends, value.likely), Math.max(...ends, value.likely)];
  const x = linearScale(span, [NAME + EDGE, WIDTH - EDGE]);
  const bottom = TOP + value.tornado.length * ROW;
  const title = t('stage.landing.screen.goals.tornadoOf', { title: goal.settings.title, currency: value.currency });
  const table = {
    columns: [
      { name: t('chart.name') },
      { name: t('chart.low'), format: moneyText },
      { name: t('chart.high'), format: moneyText },
    ],
    rows: value.tornado.map(({ input, atLow, atHigh }) => [
      t(`stage.landing.screen.goals.input.${input}`),
      Math.min(atLow, atHigh),
      Math.max(atLow, atHigh),
    ]),
  };
  return (
    <Card title={t('stage.landing.screen.goals.tornado')} testId="landing-tornado">
      <p className="muted">{t('stage.landing.screen.goals.tornadoHint')}</p>
      <ChartFigure label={title} table={table}>
        <svg className="chart tornado" viewBox={`0 0 ${WIDTH} ${bottom + 34}`} width="100%">
          <title>{title}</title>
          {roundTicks(span[0], span[1], 4).map((tick) => (
            <g key={tick}>
              <line x1={x(tick)} x2={x(tick)} y1={TOP} y2={bottom} className="chart-rule" />
              <text x={x(tick)} y={bottom + 14} textAnchor="middle" className="chart-tick">
                {moneyText(tick)}
              </text>
            </g>
          ))}
          <text x={(NAME + WIDTH) / 2} y={bottom + 30} textAnchor="middle" className="chart-tick">
            {title}
          </text>
          {value.tornado.map(({ input, atLow, atHigh }, index) => {
            const y = TOP + index * ROW + ROW / 2;
            return (
              <g key={input}>
                <text x={NAME - 6} y={y + 4} textAnchor="end" className="chart-name">
                  {t(`stage.landing.screen.goals.input.${input}`)}
                </text>
                <rect
                  x={x(Math.min(atLow, atHigh))}
                  width={Math.max(1, Math.abs(x(atHigh) - x(atLow)))}
                  y={y - 8}
                  height="16"
                  className={`part part-${index === 0 ? 0 : 1}`}
                />
                <text x={x(Math.min(atLow, atHigh)) - 5} y={y + 4} textAnchor="end" className="chart-tick">
                  {moneyText(Math.min(atLow, atHigh))}
                </text>
                <text x={x(Math.max(atLow, atHigh)) + 5} y={y + 4} className="chart-tick">
                  {moneyText(Math.max(atLow, atHigh))}
                </text>
              </g>
            );
          })}
          <line x1={x(value.likely)} x2={x(value.likely)} y1={TOP - 2} y2={bottom} className="chart-floor" />
        </svg>
      </ChartFigure>
    </Card>
  );
}
