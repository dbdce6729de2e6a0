import childProcess, { type ForkOptions } from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { networkInterfaces } from 'node:os';

/** Loaded before everything else in tests (`--import`): a socket or a lookup that leads beyond this machine throws, with the place that opened it in
 *  the stack. It sees what Node does; native code is watched by the runs without a network. */
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+|localhost|0\.0\.0\.0|::)$/i;
const own = new Set(Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)));

class NetworkForbidden extends Error {
  constructor(what: string) {
    super(`tests use no network: ${what}`);
    this.name = 'NetworkForbidden';
  }
}

function staysHere(host: unknown): boolean {
  if (host === undefined || host === null || host === '') return true;
  const name = String(host).replace(/%.*$/, '');
  return LOOPBACK.test(name) || own.has(name);
}

function check(what: string, host: unknown): void {
  if (!staysHere(host)) throw new NetworkForbidden(`${what} ${String(host)}`);
}

type Method = (this: unknown, ...args: readonly unknown[]) => unknown;

/** Puts a check before a method. */
function guard(owner: object, name: string, hostOf: (args: readonly unknown[]) => unknown, what = name): void {
  const original = Reflect.get(owner, name) as Method;
  Reflect.set(owner, name, function (this: unknown, ...args: readonly unknown[]) {
    check(what, hostOf(args));
    return Reflect.apply(original, this, args);
  });
}

/** Of the forms that `connect` takes: (options), (port, host), (path), or one list of these from inside Node. */
function hostOfConnect(args: readonly unknown[]): unknown {
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'object' && first !== null)
    return 'path' in first && first.path ? undefined : Reflect.get(first, 'host');
  return typeof first === 'number' || /^\d+$/.test(String(first)) ? second : undefined;
}

// TLS, HTTP and fetch all come through here.
guard(net.Socket.prototype, 'connect', hostOfConnect);
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveTxt', 'resolveSrv', 'reverse']) {
  guard(dns, name, ([host]) => host, `dns.${name}`);
  guard(dns.promises, name, ([host]) => host, `dns.promises.${name}`);
}
guard(dgram.Socket.prototype, 'connect', ([, host]) => host, 'dgram.connect');
guard(
  dgram.Socket.prototype,
  'send',
  (args) => args.slice(1).findLast((value) => typeof value === 'string'),
  'dgram.send',
);

// Our own child processes start with no arguments of ours: the guard goes along.
const { fork } = childProcess;
childProcess.fork = ((path: string, ...rest: readonly unknown[]) => {
  const args = Array.isArray(rest[0]) ? (rest[0] as string[]) : [];
  const options = (Array.isArray(rest[0]) ? rest[1] : rest[0]) as ForkOptions | undefined;
  return fork(path, args, { ...options, execArgv: [...(options?.execArgv ?? []), '--import', import.meta.url] });
}) as typeof fork;
syncBuiltinESMExports();
