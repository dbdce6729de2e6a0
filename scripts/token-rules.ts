/** What a screen may not write itself: colours, letter sizes and round corners come from `renderer/theme`. Scanned from the text, as the formatter leaves it. */
export interface LookFile {
  /** Path from the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

interface TokenOffence {
  readonly file: string;
  readonly line: number;
  readonly found: string;
  readonly instead: string;
}

/** Where the tokens themselves stand. */
const TOKENS = /^renderer\/theme\/(palette|sizes)\.ts$/;

const COLOUR_WORDS = 'white|black|red|green|blue|orange|yellow|purple|grey|gray|silver';
const COLOUR = 'a role of theme/palette.ts, as var(--role)';
const SIZE = 'a size of theme/sizes.ts, as var(--text-…)';
const CORNER = 'a size of theme/sizes.ts, as var(--radius-…)';

const RULES: readonly { readonly in: RegExp; readonly pattern: RegExp; readonly instead: string }[] = [
  { in: /\.(css|tsx?)$/, pattern: /(?<![&\w])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?![-\w])/i, instead: COLOUR },
  { in: /\.(css|tsx?)$/, pattern: /\b(?:rgba?|hsla?|oklch|lab)\(/, instead: COLOUR },
  {
    in: /\.css$/,
    pattern: new RegExp(
      `^\\s*(?:[\\w-]*color|background|border[\\w-]*|fill|stroke|outline):.*\\b(?:${COLOUR_WORDS})\\b`,
    ),
    instead: COLOUR,
  },
  {
    in: /\.tsx$/,
    pattern: new RegExp(`\\b(?:color|background|backgroundColor|fill|stroke)(?:=|: )['"](?:${COLOUR_WORDS})['"]`),
    instead: COLOUR,
  },
  { in: /\.css$/, pattern: /^\s*font-size: (?!var\(--text-|inherit)/, instead: SIZE },
  { in: /\.tsx?$/, pattern: /\bfontSize(?:: |=\{|=")\s*['"]?\d/, instead: SIZE },
  { in: /\.css$/, pattern: /^\s*border(?:-[a-z]+)*-radius: (?!var\(--radius-|inherit|0;|50%)/, instead: CORNER },
  { in: /\.tsx?$/, pattern: /\bborderRadius: ['"]?\d/, instead: CORNER },
];

/** Every place of the screens' files that writes a colour or size of its own. */
export function tokenOffences(files: readonly LookFile[]): readonly TokenOffence[] {
  return files
    .filter(({ path }) => path.startsWith('renderer/') && !TOKENS.test(path) && !path.includes('.test.'))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((content, index) =>
        RULES.filter((rule) => rule.in.test(path) && rule.pattern.test(content)).map(({ instead }) => ({
          file: path,
          line: index + 1,
          found: content.trim(),
          instead,
        })),
      ),
    );
}
