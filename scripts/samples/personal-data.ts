import type { SampleLanguage } from './compose.ts';

export type PersonalDataKind = 'phone' | 'email' | 'identity-number' | 'card-number';

/** Numbers that belong to nobody: examples printed in standards, test ranges of card schemes, numbers kept for fiction. */
const CLAUSES: Readonly<Record<SampleLanguage, readonly (readonly [PersonalDataKind, string])[]>> = {
  'zh-CN': [
    ['phone', '我的手机13800138000'],
    ['identity-number', '身份证号11010519491231002X'],
    ['email', '发我邮箱 liming@example.com'],
    ['card-number', '卡号6222020000000000000'],
    ['phone', '电话 139 0013 9000 随时可打'],
    ['email', '结果发到caiwu.wang@example.cn就行'],
    ['identity-number', '证件号440524188001010014，麻烦查'],
  ],
  en: [
    ['phone', 'Call me on (555) 010-0142.'],
    ['email', 'My address is dana.reed@example.com.'],
    ['card-number', 'Card 4111 1111 1111 1111.'],
    ['phone', 'Mobile: +1 555 010 0187'],
    ['identity-number', 'SSN 078-05-1120 if that helps.'],
    ['email', 'Reply to accounts@example.org please.'],
    ['card-number', 'It is the card ending... well, 5500 0000 0000 0004.'],
  ],
};

/** @source GB 11643-1999 (both identity numbers); card schemes' public test numbers; 555-01xx is kept for fiction. */
export function personalDataClause(language: SampleLanguage, index: number): readonly [PersonalDataKind, string] {
  const clauses = CLAUSES[language];
  return clauses[index % clauses.length]!;
}
