import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { createTranslate, isI18nKey } from './translate.ts';
import { zhCN } from './zh-CN.ts';

const parametersOf = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();

function pairs(a: object, b: object, path = ''): [string, string, string][] {
  return Object.entries(a).flatMap(([key, value]: [string, string | object]) => {
    const other = (b as Record<string, string | object>)[key];
    if (typeof value === 'string') return [[path + key, value, String(other)] as [string, string, string]];
    return pairs(value, other as object, `${path}${key}.`);
  });
}

describe('texts', () => {
  const zh = createTranslate('zh-CN');
  const english = createTranslate('en');

  it('puts in parameters, with thousands separated', () => {
    expect(zh('bottom.queued', { count: 12084 })).toBe('另有 12\u202f084 个任务等待');
  });
  it('finds codes that contain dots', () => {
    expect(zh('error.project.not-found.message', { path: 'a.csw' })).toBe('找不到项目文件“a.csw”。');
  });
  it('chooses the English word by number', () => {
    expect([0, 1, 2].map((count) => english('top.offline', { count }))).toEqual([
      'offline · 0 requests',
      'offline · 1 request',
      'offline · 2 requests',
    ]);
  });
  it('shows keys in the pseudo-language', () => {
    expect(createTranslate('pseudo')('rail.map')).toBe('[[rail.map]]');
  });
  it('leaves an empty text empty', () => {
    expect([zh('glossary.need.formula'), english('glossary.need.formula')]).toEqual(['', '']);
  });
  it('tells keys from other ids', () => {
    expect([isI18nKey('rail.map'), isI18nKey('rail.nothing')]).toEqual([true, false]);
  });
  it('names the same parameters in both languages', () => {
    const different = pairs(zhCN, en).filter(([, a, b]) => parametersOf(a).join() !== parametersOf(b).join());
    expect(different).toEqual([]);
  });
});
