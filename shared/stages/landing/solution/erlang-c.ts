/** How long requests wait in a line in front of `servers` equal servers: arrivals at random (Poisson) with `arrivalsPerSecond`,
 *  service times exponential with `servedPerSecond` per server. Real service times vary less, so real waits are shorter. */
export interface WaitingTime {
  /** Arrivals as a share of what all servers can do. */
  readonly utilisation: number;
  /** Probability that a request waits at all. */
  readonly waitingShare: number;
  readonly meanWaitMs: number;
  /** 95 of 100 requests wait at most this long. */
  readonly p95WaitMs: number;
}

const MS = 1000;
const TAIL = 0.05;

/** Waiting in an M/M/c queue. Null where arrivals reach what the servers can do: the line then grows without end.
 *  @source Erlang 1917 (formula C), in the stable recursion over Erlang B; Gross et al. 2008, 2.3 */
export function waitingTime(arrivalsPerSecond: number, servedPerSecond: number, servers: number): WaitingTime | null {
  const load = arrivalsPerSecond / servedPerSecond;
  const utilisation = load / servers;
  if (!(utilisation < 1) || !(servers >= 1)) return null;
  if (arrivalsPerSecond <= 0) return { utilisation: 0, waitingShare: 0, meanWaitMs: 0, p95WaitMs: 0 };
  let blocking = 1;
  for (let k = 1; k <= servers; k++) blocking = (load * blocking) / (k + load * blocking);
  const waitingShare = blocking / (1 - utilisation * (1 - blocking));
  const drain = servers * servedPerSecond - arrivalsPerSecond;
  return {
    utilisation,
    waitingShare,
    meanWaitMs: (MS * waitingShare) / drain,
    // P(wait > t) = waitingShare · exp(−drain · t)
    p95WaitMs: waitingShare <= TAIL ? 0 : (MS * Math.log(waitingShare / TAIL)) / drain,
  };
}
