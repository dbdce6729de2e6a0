import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';

const DNS_PORT = 53;
const WEB_PORTS = [80, 443] as const;
const ANSWER = [127, 0, 0, 2] as const;
const TYPE_A = 1;
const DNS_HEADER_BYTES = 12;

/** Everything that processes of this network namespace try to reach, one line each. */
export interface NetworkSink {
  readonly contacts: readonly string[];
  counters(): NetworkCounters;
  close(): void;
}

/** What the kernel counted in this namespace: also catches ports on which nobody listens. */
export interface NetworkCounters {
  readonly connectionsOpened: number;
  /** Connections that a process of this namespace took: those to the sink, and those within the machine. */
  readonly connectionsAccepted: number;
  readonly datagramsSent: number;
}

/** A name server that answers 127.0.0.2 to everything, and listeners on the web ports; both write down who calls.
 *  Meant for a namespace in which every address is local. */
export async function startNetworkSink(): Promise<NetworkSink> {
  const contacts: string[] = [];
  const dns = createSocket('udp6');
  dns.on('message', (query, from) => {
    contacts.push(`dns ${questionName(query)}`);
    dns.send(answerTo(query), from.port, from.address);
  });
  dns.bind(DNS_PORT, '::');
  await once(dns, 'listening');
  const servers: Server[] = [];
  for (const port of [DNS_PORT, ...WEB_PORTS]) {
    const server = createServer((socket) => {
      contacts.push(`tcp ${socket.localAddress}:${port}`);
      socket.on('error', () => undefined);
      socket.destroy();
    });
    server.listen(port, '::');
    await once(server, 'listening');
    servers.push(server);
  }
  return {
    contacts,
    counters: readCounters,
    close() {
      dns.close();
      for (const server of servers) server.close();
    },
  };
}

function questionName(query: Buffer): string {
  const labels: string[] = [];
  let at = DNS_HEADER_BYTES;
  while (at < query.length && query[at] !== 0) {
    const length = query[at]!;
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return labels.join('.');
}

/** The question with one A record, or with none where another type was asked for. @source RFC 1035, 4.1 */
function answerTo(query: Buffer): Buffer {
  let end = DNS_HEADER_BYTES;
  while (end < query.length && query[end] !== 0) end += 1 + query[end]!;
  end += 5;
  const isA = query.readUInt16BE(end - 4) === TYPE_A;
  const header = Buffer.from(query.subarray(0, DNS_HEADER_BYTES));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(isA ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  const question = query.subarray(DNS_HEADER_BYTES, end);
  const record = Buffer.from([0xc0, DNS_HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, ...ANSWER]);
  return Buffer.concat(isA ? [header, question, record] : [header, question]);
}

function readCounters(): NetworkCounters {
  const snmp = readFileSync('/proc/net/snmp', 'utf8');
  const snmp6 = readFileSync('/proc/net/snmp6', 'utf8');
  return {
    connectionsOpened: field(snmp, 'Tcp', 'ActiveOpens'),
    connectionsAccepted: field(snmp, 'Tcp', 'PassiveOpens'),
    datagramsSent: field(snmp, 'Udp', 'OutDatagrams') + Number(/^Udp6OutDatagrams\s+(\d+)/mu.exec(snmp6)?.[1] ?? 0),
  };
}

function field(snmp: string, protocol: string, name: string): number {
  const [names, values] = snmp.split('\n').filter((line) => line.startsWith(`${protocol}:`));
  const column = names?.split(' ').indexOf(name) ?? -1;
  if (column < 0) throw new Error(`No ${protocol} ${name} in /proc/net/snmp`);
  return Number(values?.split(' ')[column]);
}
