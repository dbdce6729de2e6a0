import initialise from 'wabt';

/** A WebAssembly module's text as the bytes that run, in base64. */
export async function assemble(text: string): Promise<string> {
  const wabt = await initialise();
  const module = wabt.parseWat('module.wat', text, { simd: true });
  try {
    module.validate();
    return Buffer.from(module.toBinary({}).buffer).toString('base64');
  } finally {
    module.destroy();
  }
}
