/** `npm run -s bench -- SUBCOMMAND [OPTIONS]` prints one JSON line of measurements. */
export type Bench = (args: readonly string[]) => Promise<object>;

const SUBCOMMANDS: Readonly<Record<string, () => Promise<Bench>>> = {
  compress: async () => (await import('./compress.ts')).compress,
  embed: async () => (await import('./embed.ts')).embed,
  finetune: async () => (await import('./finetune.ts')).finetune,
  growth: async () => (await import('./growth.ts')).growth,
  load: async () => (await import('./load.ts')).load,
  floors: async () => (await import('./floors.ts')).floors,
  topics: async () => (await import('./topics.ts')).topics,
  tables: async () => (await import('./tables.ts')).tables,
  peers: async () => (await import('./peers.ts')).peers,
  start: async () => (await import('./start.ts')).start,
  step: async () => (await import('./step.ts')).step,
  window: async () => (await import('./window.ts')).window,
};

async function main([subcommand = '', ...args]: readonly string[]): Promise<void> {
  const load = SUBCOMMANDS[subcommand];
  if (load === undefined) {
    console.error(`usage: npm run -s bench -- ${Object.keys(SUBCOMMANDS).join('|')} [OPTIONS]`);
    process.exitCode = 2;
    return;
  }
  const bench = await load();
  console.log(JSON.stringify(await bench(args)));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
