const HOST = /(?:https?|wss?):\/\/((?:[a-z0-9-]+\.)+[a-z]{2,})/giu;

/** Hosts that stand in texts of the shipped native libraries, and why. */
export const HOSTS_IN_NATIVES: ReadonlySet<string> = new Set([
  // Papers, manuals and issues named in error messages and operator documentation.
  'arxiv.org',
  'crbug.com',
  'dawn-review.googlesource.com',
  'dawn.googlesource.com',
  'devblogs.nvidia.com',
  'docs.nvidia.com',
  'docs.scipy.org',
  'docs.vulkan.org',
  'en.wikipedia.org',
  'github.com',
  'gpuweb.github.io',
  'huggingface.co',
  'ieeexplore.ieee.org',
  'issues.chromium.org',
  'khr.io',
  'llvm.org',
  'numpy.org',
  'papers.nips.cc',
  'pytorch.org',
  'source.chromium.org',
  'tinyurl.com',
  'www.microsoft.com',
  'www.opencompute.org',
  'www.tensorflow.org',
  // In the code signatures of Windows files: where certificates are checked by whoever checks them.
  'crl.microsoft.com',
]);

/** Hosts that stand in the shipped scripts and screens, and why. */
export const HOSTS_IN_SCRIPTS: ReadonlySet<string> = new Set([
  // Names of XML vocabularies (SVG, XHTML, OOXML), compared and written as text.
  'www.w3.org',
  'schemas.openxmlformats.org',
  // Names of versions of JSON Schema, which `csw describe` writes.
  'json-schema.org',
  // Descriptions and licences of packages, as text.
  'registry.npmjs.org',
  'www.apache.org',
  // Manuals and issues named in comments and error messages of libraries.
  'bit.ly',
  'developer.mozilla.org',
  'developers.google.com',
  'github.com',
  'onnxruntime.ai',
  'react.dev',
  'redux-toolkit.js.org',
  'redux.js.org',
  'webpack.js.org',
  'www.npmjs.com',
]);

/** Hosts of addresses in a text that are not expected there. */
export function unexpectedHosts(text: string, expected: ReadonlySet<string>): readonly string[] {
  const hosts = new Set([...text.matchAll(HOST)].map(([, host]) => host!.toLowerCase()));
  return [...hosts].filter((host) => !expected.has(host)).sort();
}
