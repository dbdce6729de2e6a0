import { Button } from 'antd';
import { useT } from './language.ts';
import { goToStep } from './navigation.ts';
import { nextText } from './next-step.ts';
import { useSession } from './session.ts';

/** On a page without anything to show: what would come first in this project. */
export function FirstAction() {
  const t = useT();
  const first = useSession((state) => state.overview?.next[0]);
  if (first === undefined) return null;
  return (
    <Button type="primary" onClick={() => goToStep(first.stage, first.step)} data-testid="first-action">
      {nextText(t, first)}
    </Button>
  );
}
