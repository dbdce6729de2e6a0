/** Which folder may import which, and who may speak to a network: by import, by call, by address. Scanned from the text: the import forms below are the only ones the formatter leaves. */
export interface SourceFile {
  /** Path from the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

interface ImportRule {
  readonly name: string;
  readonly from: RegExp;
  readonly to: RegExp;
  /** Importing only types binds nothing at run time. */
  readonly typesToo: boolean;
}

const NETWORK =
  /^(node:)?(http|https|http2|net|tls|dgram|dns|inspector)(\/|$)|^(undici|ws|axios|got|node-fetch|electron-updater|update-electron-app|@sentry\/.*)(\/|$)/;
const BEYOND_HTTP = new RegExp(`^(?!(node:)?http$)(?:${NETWORK.source})`);

const RULES: readonly ImportRule[] = [
  {
    name: 'shared is pure: no Node, Electron, database, ORT or DOM library',
    typesToo: true,
    from: /^shared\//,
    to: /^node:|^electron$|^(better-sqlite3|onnxruntime-node|react|react-dom|antd|recharts|zustand|ws|yauzl|saxes)(\/|$)/,
  },
  {
    name: 'shared imports only shared',
    typesToo: true,
    from: /^shared\//,
    to: /^(electron|renderer)\//,
  },
  {
    name: 'the renderer never imports electron/',
    typesToo: true,
    from: /^renderer\//,
    to: /^electron\/|^electron$|^node:/,
  },
  {
    name: 'the engine knows no host, window or worker',
    typesToo: false,
    from: /^electron\/engine\//,
    to: /^electron\/(main|preload|host|hosting|cli|worker)\/|^electron$|^onnxruntime-node|^renderer\//,
  },
  {
    name: 'the worker speaks only messages: no engine, no database',
    typesToo: false,
    from: /^electron\/worker\//,
    to: /^electron\/(main|preload|host|hosting|cli|engine)\/|^electron$|^better-sqlite3|^renderer\//,
  },
  {
    name: 'computation runs without database and ORT',
    typesToo: false,
    from: /^electron\/compute\//,
    to: /^electron\/(main|preload|host|hosting|cli|engine|worker)\/|^electron$|^better-sqlite3|^onnxruntime-node|^renderer\//,
  },
  {
    name: 'hosts do not know each other',
    typesToo: false,
    from: /^electron\/(hosting|cli)\//,
    to: /^electron\/(main|preload|host)\/|^electron$/,
  },
  {
    name: 'hosts do not know each other',
    typesToo: false,
    from: /^electron\/host\//,
    to: /^electron\/(main|preload|cli)\/|^electron$/,
  },
  {
    name: 'the product imports no script, test, benchmark or packaging',
    typesToo: true,
    from: /^(shared|electron|renderer)\/(?!.*\.test\.tsx?$)/,
    to: /^(scripts|test|bench|packaging)\//,
  },
  {
    name: 'only the loopback host speaks to a network',
    typesToo: false,
    from: /^(shared|renderer|bench|packaging|scripts|electron\/(?!host\/))/,
    to: NETWORK,
  },
  {
    name: 'a deployment package serves http and speaks nothing else',
    typesToo: false,
    from: /^resources\/package\//,
    to: BEYOND_HTTP,
  },
  {
    name: 'no barrel but the contract',
    typesToo: true,
    from: /./,
    to: /^(?!shared\/contract\/|electron\/engine\/db\/migrations\/)(shared|electron|renderer)\/(.*\/)?index\.tsx?$/,
  },
];

interface TextRule {
  readonly name: string;
  readonly from: RegExp;
  /** The first group is what is told. */
  readonly found: RegExp;
}

const WORDLESS = 'a rule of a schema says a reason, which every language has (`broken`), and no words of its own';

const TEXT_RULES: readonly TextRule[] = [
  {
    name: 'only the loopback transport of the screens speaks to a host',
    from: /^(shared|electron|resources\/package|renderer\/(?!loopback-transport\.ts$))/,
    found: /\b(fetch|importScripts|sendBeacon)\s*\(/g,
  },
  {
    name: 'only the loopback transport of the screens speaks to a host',
    from: /^(shared|electron|resources\/package|renderer\/(?!loopback-transport\.ts$))/,
    found: /\bnew\s+(WebSocket|EventSource|XMLHttpRequest|RTCPeerConnection|WebTransport)\b/g,
  },
  {
    name: 'nothing updates itself and nothing reports a crash',
    from: /^(shared|electron|renderer)\//,
    found: /\b(autoUpdater|crashReporter|netLog)\b/g,
  },
  {
    name: 'a built-in module is imported by name',
    from: /^(shared|electron|renderer|resources\/package)\//,
    found: /\b(getBuiltinModule)\b/g,
  },
  {
    name: 'the code names no address of another machine',
    from: /^(shared|electron|renderer|resources\/package)\//,
    // Names of XML vocabularies look like addresses and are none.
    found:
      /['"`]((?:https?|wss?|ftp):\/\/(?!127\.0\.0\.1[:/'"`]|localhost[:/'"`]|\$\{|www\.w3\.org\/|schemas\.openxmlformats\.org\/|purl\.oclc\.org\/)[^\s'"`]*)/g,
  },
  {
    name: WORDLESS,
    from: /^(shared|electron|renderer)\//,
    found: /\.(refine|addIssue)\((?!(?:(?!\.(?:refine|addIssue)\()[^;])*\bbroken\()/g,
  },
  {
    name: WORDLESS,
    from: /^(shared|electron|renderer)\//,
    found: /\.(regex)\(\/[^\n]*\/\w*,/g,
  },
  {
    name: WORDLESS,
    from: /^(shared|electron|renderer)\//,
    found: /\.(min|max|gt|gte|lt|lte|length|startsWith|endsWith)\([\w.]+, (?:['"`]|\{ (?:error|message):)/g,
  },
  {
    name: WORDLESS,
    from: /^(shared|electron|renderer)\//,
    found: /\bz\.(\w+)\([^\n]*\{ (?:error|message): (?:['"`]|\()/g,
  },
];

const IMPORT =
  /(?:^|[;\n])\s*(import|export)\s+(type\s)?[^'";]*?from\s*['"]([^'"]+)['"]|(?:^|[;\n])\s*import\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g;

export interface Offence {
  readonly file: string;
  /** What is imported, called or named. */
  readonly found: string;
  readonly rule: string;
}

/** Everything that breaks a rule. */
export function importOffences(files: readonly SourceFile[]): readonly Offence[] {
  return files.flatMap(({ path, text }) => [
    ...textOffences({ path, text }),
    ...[...text.matchAll(IMPORT)].flatMap(([, , type, from, bare, called]) => {
      const imports = resolveImport(path, from ?? bare ?? called ?? '');
      return RULES.filter(
        (rule) => (rule.typesToo || type === undefined) && rule.from.test(path) && rule.to.test(imports),
      ).map((rule) => ({ file: path, found: imports, rule: rule.name }));
    }),
  ]);
}

/** Tests may name addresses: they prove that nothing comes of it. */
function textOffences({ path, text }: SourceFile): readonly Offence[] {
  if (/\.test\.tsx?$/.test(path)) return [];
  return TEXT_RULES.filter(({ from }) => from.test(path)).flatMap(({ name, found }) =>
    [...text.matchAll(found)].map(([, what = '']) => ({ file: path, found: what, rule: name })),
  );
}

function resolveImport(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const parts = path.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
