import type { Route } from "./http/routes.ts";

export type LoggedRequest = {
  number: number;
  at: string;
  method: string;
  route: Route;
  /** The host that the tool addressed, with port. */
  host: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string;
  clientId?: string;
  contextId?: string;
  lineItem?: string;
  userId?: string;
  /** Header and claims of the client assertion, on token requests. */
  assertion?: { header: unknown; claims: unknown };
  /** Absent while in progress and when the connection was cut. */
  status?: number;
  ms?: number;
};

/** The last requests, oldest first. */
export class RequestLog {
  private readonly kept: LoggedRequest[] = [];
  private next = 0;
  private count = 0;

  constructor(private readonly size: number) {}

  add(request: Omit<LoggedRequest, "number">): LoggedRequest {
    const logged = { number: ++this.count, ...request };
    this.kept[this.next] = logged;
    this.next = (this.next + 1) % this.size;
    return logged;
  }

  list(): LoggedRequest[] {
    return [...this.kept.slice(this.next), ...this.kept.slice(0, this.next)];
  }

  clear(): void {
    this.kept.length = 0;
    this.next = 0;
    this.count = 0;
  }
}
