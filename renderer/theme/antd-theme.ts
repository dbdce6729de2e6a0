import { type ThemeConfig, theme } from 'antd';
import type { Language } from '../../shared/i18n/translate.ts';
import { DARK, LIGHT } from './palette.ts';
import { RADIUS, TEXT } from './sizes.ts';

const CHINESE_FONTS = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC"';
const LATIN_FONTS =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Inter, "Noto Sans", "Liberation Sans", "DejaVu Sans"';

/** Only fonts of the system. In Chinese, quotation marks must come from a Chinese font, which is full-width; in English from a Latin one. */
const FONT_FAMILY = {
  'zh-CN': `-apple-system, BlinkMacSystemFont, "Segoe UI", Inter, ${CHINESE_FONTS}, sans-serif`,
  en: `${LATIN_FONTS}, ${CHINESE_FONTS}, sans-serif`,
} as const satisfies Record<Language, string>;

/** The fonts of a language, for what is not drawn by Ant Design. */
export const fontFamily = (language: Language): string => FONT_FAMILY[language];

/** Ant Design with our roles: restrained, no default blue. */
export function antdTheme(dark: boolean, still: boolean, language: Language): ThemeConfig {
  const palette = dark ? DARK : LIGHT;
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.running,
      colorSuccess: palette.done,
      colorWarning: palette.attention,
      colorError: palette.failed,
      colorLink: palette.accentText,
      colorLinkHover: palette.accentText,
      colorLinkActive: palette.accentText,
      colorTextBase: palette.text,
      colorBgBase: dark ? palette.ground : palette.surface,
      colorBgContainer: palette.surface,
      colorBgElevated: dark ? palette.sunken : palette.surface,
      colorBorder: palette.line,
      colorBorderSecondary: palette.line,
      colorTextSecondary: palette.muted,
      colorTextTertiary: palette.faint,
      colorTextPlaceholder: palette.faint,
      // What the library derives from so dark a green is too murky to read on.
      controlItemBgActive: palette.accentGround,
      controlItemBgActiveHover: palette.accentGround,
      fontFamily: FONT_FAMILY[language],
      fontSize: TEXT.body,
      borderRadius: RADIUS.control,
      borderRadiusSM: RADIUS.small,
      borderRadiusLG: RADIUS.card,
      controlHeight: 30,
      controlHeightSM: 24,
      fontSizeSM: TEXT.small,
      motion: !still,
      wireframe: false,
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        fontWeight: 500,
        defaultHoverColor: palette.accentText,
        defaultHoverBorderColor: palette.accentMid,
        defaultActiveColor: palette.accentText,
        defaultActiveBorderColor: palette.accentMid,
      },
      Form: { itemMarginBottom: 14, verticalLabelPadding: '0 0 4px' },
      Table: {
        bodySortBg: palette.surface,
        headerSortActiveBg: palette.surface,
        headerSortHoverBg: palette.sunken,
        cellPaddingBlockSM: 6,
        cellPaddingInlineSM: 10,
        headerSplitColor: 'transparent',
        headerBg: palette.surface,
        headerColor: palette.muted,
        cellFontSize: TEXT.body,
        rowHoverBg: palette.sunken,
      },
      Tooltip: { colorBgSpotlight: palette.hint },
    },
  };
}
