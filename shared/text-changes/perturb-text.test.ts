import { describe, expect, it } from 'vitest';
import { createRng } from '../rng.ts';
import { LOOK_ALIKES } from './look-alikes.ts';
import { perturbText } from './perturb-text.ts';
import { PERTURBATION_IDS, type PerturbationId } from './perturbations.ts';
import { TO_TRADITIONAL } from './script-pairs.ts';

const ENGLISH = 'My loan was declined yesterday, why? Please explain the reason and the score.';
const CHINESE = '我的贷款昨天被拒绝了，为什么？请说明原因，编号ABC123。';
const changed = (id: PerturbationId, text: string, seed = 1) => perturbText(id, text, createRng(seed));
const bag = (text: string) => [...text].sort().join('');

describe('perturbations', () => {
  it.each(PERTURBATION_IDS)('%s gives the same text for the same seed, and never the text itself', (id) => {
    for (const text of [ENGLISH, CHINESE]) {
      for (let seed = 0; seed < 20; seed++) {
        expect(changed(id, text, seed)).toBe(changed(id, text, seed));
        expect(changed(id, text, seed)).not.toBe(text);
      }
    }
  });

  it('have nothing to work on where the script does not know them', () => {
    expect(changed('homophones', ENGLISH)).toBeNull();
    expect(changed('width', ENGLISH)).toBeNull();
    expect(changed('script', ENGLISH)).toBeNull();
    expect(changed('case', '我要贷款')).toBeNull();
    expect(changed('width', '我要贷款')).toBeNull();
    expect(changed('typos', 'no it is ok')).toBeNull();
  });

  it('typing errors touch a letter inside a few long words', () => {
    const before = ENGLISH.split(' ');
    const after = changed('typos', ENGLISH)!.split(' ');
    const touched = before.filter((word, i) => word !== after[i]);
    expect(after).toHaveLength(before.length);
    expect(touched.length).toBeGreaterThanOrEqual(1);
    expect(touched.length).toBeLessThanOrEqual(4);
    for (const word of touched) expect(word.replace(/\W/g, '').length).toBeGreaterThanOrEqual(3);
  });

  it('leave the letters as they are where only case, punctuation, spaces or width change', () => {
    expect(changed('case', ENGLISH)!.toLowerCase()).toBe(ENGLISH.toLowerCase());
    expect(changed('punctuation', ENGLISH)).toBe(
      'My loan was declined yesterday why Please explain the reason and the score',
    );
    expect(bag(changed('spaces', ENGLISH)!.replaceAll(' ', ''))).toBe(bag(ENGLISH.replaceAll(' ', '')));
    expect(changed('spaces', CHINESE)!.replaceAll(' ', '')).toBe(CHINESE);
    expect(changed('width', CHINESE)!.normalize('NFKC')).toBe(CHINESE.normalize('NFKC'));
    expect(changed('width', CHINESE)).toContain('ＡＢＣ１２３');
  });

  it('write traditional characters one for one', () => {
    expect(changed('script', CHINESE)).toBe('我的貸款昨天被拒絕了，為什麼？請說明原因，編號ABC123。');
    for (const [simplified, traditional] of TO_TRADITIONAL) {
      expect([...simplified, ...traditional]).toHaveLength(2);
      // Nothing is turned twice: a traditional form is no simplified one.
      expect(TO_TRADITIONAL.has(traditional)).toBe(false);
    }
  });

  it('put single characters in place of look-alikes', () => {
    for (const pair of LOOK_ALIKES) for (const character of pair) expect([...character]).toHaveLength(1);
    const after = changed('homophones', CHINESE)!;
    expect([...after]).toHaveLength([...CHINESE].length);
  });

  it('add personal data and emoji behind the text', () => {
    expect(changed('personalData', ENGLISH)!.startsWith(ENGLISH)).toBe(true);
    expect(changed('personalData', CHINESE)).toMatch(/我叫.+，电话139\d{8}。$/);
    expect(changed('emoji', CHINESE)!.startsWith(CHINESE)).toBe(true);
  });
});
