import { type ThemeConfig, theme } from 'antd';
import { DARK, LIGHT } from './palette.ts';

export const FONT_FAMILY =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Inter, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';

/** Ant Design with our roles: restrained, no default blue. */
export function antdTheme(dark: boolean, still: boolean): ThemeConfig {
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
      colorTextBase: palette.text,
      colorBgBase: dark ? palette.ground : palette.surface,
      colorBgContainer: palette.surface,
      colorBgElevated: dark ? palette.sunken : palette.surface,
      colorBorder: palette.line,
      colorBorderSecondary: palette.line,
      colorTextSecondary: palette.muted,
      colorTextTertiary: palette.faint,
      colorTextPlaceholder: palette.faint,
      fontFamily: FONT_FAMILY,
      fontSize: 13,
      borderRadius: 7,
      borderRadiusLG: 10,
      controlHeight: 30,
      controlHeightSM: 24,
      fontSizeSM: 12,
      motion: !still,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', fontWeight: 500 },
      Form: { itemMarginBottom: 14, verticalLabelPadding: '0 0 4px' },
      Table: {
        cellPaddingBlockSM: 6,
        cellPaddingInlineSM: 10,
        headerSplitColor: 'transparent',
        headerBg: palette.surface,
        headerColor: palette.muted,
        cellFontSize: 13,
        rowHoverBg: palette.sunken,
      },
      Tooltip: { colorBgSpotlight: dark ? '#000000' : palette.text },
    },
  };
}
