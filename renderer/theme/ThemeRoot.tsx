import { App as AntdApp, ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react';
import { useLanguage, useT } from '../app/language.ts';
import { useSession } from '../app/session.ts';
import { antdTheme, fontFamily } from './antd-theme.ts';
import { documentNonce } from './nonce.ts';
import { DARK, LIGHT } from './palette.ts';
import { sizeVariables } from './sizes.ts';

/** Whether a media query holds, followed as it changes. */
function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const list = window.matchMedia(query);
    const onChange = () => setHolds(list.matches);
    list.addEventListener('change', onChange);
    return () => list.removeEventListener('change', onChange);
  }, [query]);
  return holds;
}

/** Colours, language and motion for everything below. */
export function ThemeRoot({ children }: { readonly children: ReactNode }) {
  const t = useT();
  const language = useLanguage();
  const chosen = useSession((state) => state.settings.theme);
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const dark = chosen === 'dark' || (chosen === 'system' && systemDark);

  useLayoutEffect(() => {
    for (const [name, value] of sizeVariables()) document.documentElement.style.setProperty(name, value);
  }, []);
  useLayoutEffect(() => {
    const { style, dataset } = document.documentElement;
    dataset.theme = dark ? 'dark' : 'light';
    style.colorScheme = dark ? 'dark' : 'light';
    for (const [role, colour] of Object.entries(dark ? DARK : LIGHT)) style.setProperty(`--${role}`, colour);
  }, [dark]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.style.setProperty('--fontFamily', fontFamily(language));
    document.title = t('product.name');
  }, [language, t]);

  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      theme={antdTheme(dark, still, language)}
      csp={{ nonce: documentNonce }}
      button={{ autoInsertSpace: false }}
      componentSize="medium"
    >
      <AntdApp component={false}>{children}</AntdApp>
    </ConfigProvider>
  );
}
