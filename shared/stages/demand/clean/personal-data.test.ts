import { describe, expect, it } from 'vitest';
import { isResidentId, passesLuhn } from './check-digits.ts';
import { maskPersonalData, PERSONAL_DATA_KINDS } from './personal-data.ts';

const mask = (text: string) => maskPersonalData(text, PERSONAL_DATA_KINDS).text;

describe('personal data', () => {
  it('accepts the specimen number of GB 11643 and refuses it with another check character or an impossible date', () => {
    expect(isResidentId('11010519491231002X')).toBe(true);
    expect(isResidentId('11010519491231002x')).toBe(true);
    expect(isResidentId('110105194912310021')).toBe(false);
    expect(isResidentId('11010519491331002X')).toBe(false);
  });

  it('checks card numbers as the published examples of the Luhn formula do', () => {
    expect([passesLuhn('79927398713'), passesLuhn('4111111111111111')]).toEqual([true, true]);
    expect([passesLuhn('79927398710'), passesLuhn('0000000000000000')]).toEqual([false, false]);
  });

  it('masks what is valid, wherever it stands in Chinese or English text', () => {
    expect(mask('我的身份证11010519491231002X，手机13812345678。')).toBe('我的身份证[id-card]，手机[mobile]。');
    expect(mask('card 4111 1111 1111 1111 expired')).toBe('card [bank-card] expired');
    expect(mask('call +86 138-1234-5678 or mail li.si@example.com')).toBe('call [mobile] or mail [email]');
    expect(mask('电话１３８１２３４５６７８')).toBe('电话[mobile]');
  });

  it('leaves alone an identity number with a bad check character, order numbers, prices and dates', () => {
    for (const text of [
      '110105194912310021',
      '订单20240315123456789012',
      '4111111111111112',
      '价格1999.00，2024-03-15',
      '12345678901',
    ]) {
      expect(mask(text)).toBe(text);
    }
  });

  it('masks only the kinds asked for and counts them', () => {
    expect(maskPersonalData('13812345678 a@b.cn', ['email'])).toEqual({
      text: '13812345678 [email]',
      found: { idCard: 0, bankCard: 0, mobile: 0, email: 1 },
    });
  });

  it.each([
    'a'.repeat(100_000),
    '1'.repeat(100_000),
    `${'a.'.repeat(50_000)}@`,
    '4111 '.repeat(20_000),
    'a@'.repeat(50_000),
  ])('searches hostile text of 100 000 characters in linear time', (text) => {
    const start = performance.now();
    mask(text);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
