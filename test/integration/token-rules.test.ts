import { describe, expect, it } from 'vitest';
import { tokenOffences } from '../../scripts/token-rules.ts';

const found = (path: string, text: string) => tokenOffences([{ path, text }]).map(({ line }) => line);

describe('the rules of tokens', () => {
  it.each([
    ['renderer/a.css', '.a {\n  color: #14504b;\n}', [2]],
    ['renderer/a.css', '.a {\n  background: rgb(1 2 3);\n}', [2]],
    ['renderer/a.css', '.a {\n  border: 1px solid white;\n}', [2]],
    ['renderer/a.css', '.a {\n  font-size: 12px;\n  border-radius: 8px;\n}', [2, 3]],
    ['renderer/a.tsx', 'style={{ fontSize: 12 }}', [1]],
    ['renderer/a.tsx', '<rect fill="white" />', [1]],
    ['renderer/a.tsx', "color: deep ? '#fff' : 'inherit'", [1]],
  ])('find what %s writes itself: %s', (path, text, lines) => {
    expect(found(path, text)).toEqual(lines);
  });

  it.each([
    ['renderer/a.css', 'color: var(--text);\nfont-size: var(--text-small);\nborder-radius: 50%;\nwhite-space: nowrap;'],
    ['renderer/a.css', 'background: color-mix(in srgb, var(--accent) 40%, var(--surface));'],
    ['renderer/a.tsx', '<rect fill="currentColor" /> // #12 and https://a.b/#abc-d'],
    ['renderer/theme/palette.ts', "text: '#1b2430'"],
    ['shared/report/style.ts', 'color: #14504b'],
  ])('let pass what %s takes from the tokens, and the tokens themselves', (path, text) => {
    expect(found(path, text)).toEqual([]);
  });
});
