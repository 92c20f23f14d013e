import type { Facts } from "./faults/faults.ts";

export type Counts = {
  requests: number;
  byRoute: Record<string, number>;
  /** Course → route → requests. */
  byCourse: Record<string, Record<string, number>>;
  byStatus: Record<string, number>;
  /** Requests that were cut off without an answer. */
  cut: number;
  tokenRequests: number;
  tokenRequestsByClient: Record<string, number>;
  tokensIssued: number;
  tokensIssuedByClient: Record<string, number>;
  /** Service requests without a token that works. */
  unauthorized: number;
  scoresAccepted: number;
  /** Accepted scores that changed nothing: same value, progress and comment as before. */
  scoresRepeated: number;
  scoresRefused: number;
  /** Scores that arrived while another for the same line item and user was in progress. */
  scoreOverlaps: number;
  maxConcurrent: number;
  maxConcurrentByRoute: Record<string, number>;
};

export class Counters {
  counts = zeroCounts();
  private inFlight = 0;
  private inFlightByRoute: Record<string, number> = {};
  private inFlightByScore: Record<string, number> = {};

  /** Counts a request in; the function returned counts it out. */
  enter(facts: Facts): (status: number | undefined) => void {
    const { counts } = this;
    counts.requests++;
    increase(counts.byRoute, facts.route);
    if (facts.contextId !== undefined) {
      increase((counts.byCourse[facts.contextId] ??= {}), facts.route);
    }
    if (facts.route === "token") {
      counts.tokenRequests++;
      increase(counts.tokenRequestsByClient, facts.clientId ?? "unknown");
    }
    this.raise(facts.route);
    const score = facts.route === "scores" ? `${facts.lineItem} ${facts.userId}` : undefined;
    if (score && increase(this.inFlightByScore, score) > 1) counts.scoreOverlaps++;
    return (status) => {
      if (score && increase(this.inFlightByScore, score, -1) === 0) {
        delete this.inFlightByScore[score];
      }
      this.leave(counts, facts.route, status);
    };
  }

  tokenIssued(clientId: string): void {
    this.counts.tokensIssued++;
    increase(this.counts.tokensIssuedByClient, clientId);
  }

  clear(): void {
    this.counts = zeroCounts();
  }

  private raise(route: string): void {
    this.inFlight++;
    const onRoute = increase(this.inFlightByRoute, route);
    const { counts } = this;
    counts.maxConcurrent = Math.max(counts.maxConcurrent, this.inFlight);
    counts.maxConcurrentByRoute[route] = Math.max(counts.maxConcurrentByRoute[route] ?? 0, onRoute);
  }

  private leave(counts: Counts, route: string, status: number | undefined): void {
    this.inFlight--;
    increase(this.inFlightByRoute, route, -1);
    if (status === undefined) counts.cut++;
    else increase(counts.byStatus, String(status));
  }
}

function increase(counts: Record<string, number>, key: string, by = 1): number {
  return (counts[key] = (counts[key] ?? 0) + by);
}

function zeroCounts(): Counts {
  return {
    requests: 0,
    byRoute: {},
    byCourse: {},
    byStatus: {},
    cut: 0,
    tokenRequests: 0,
    tokenRequestsByClient: {},
    tokensIssued: 0,
    tokensIssuedByClient: {},
    unauthorized: 0,
    scoresAccepted: 0,
    scoresRepeated: 0,
    scoresRefused: 0,
    scoreOverlaps: 0,
    maxConcurrent: 0,
    maxConcurrentByRoute: {},
  };
}
