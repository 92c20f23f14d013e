import { z } from "zod";
import type { Route } from "#tests/support/platform/http/routes.ts";
import { gradeFaults } from "./grade-faults.ts";
import { gradebookFaults } from "./gradebook-faults.ts";
import { launchFaults } from "./launch-faults.ts";
import { rosterFaults } from "./roster-faults.ts";
import { tokenFaults } from "./token-faults.ts";
import { transportFaults } from "./transport-faults.ts";

export const faultSchema = z.discriminatedUnion("kind", [
  ...transportFaults,
  ...tokenFaults,
  ...rosterFaults,
  ...gradeFaults,
  ...gradebookFaults,
  ...launchFaults,
]);

export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;
export type FaultKind = Fault["kind"];
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;

/** What is known of a request when a fault is looked for. */
export type Facts = {
  route: Route;
  method: string;
  clientId?: string;
  contextId?: string;
  lineItem?: string;
  userId?: string;
};

type ActiveFault = { id: number; fault: Fault; matched: number; applied: number };

const SELECTORS = ["clientId", "contextId", "lineItem", "userId", "route", "method"] as const;

/** The faults in force; the newest wins, so that a test can overrule a profile. */
export class Faults {
  private readonly byKind = new Map<FaultKind, ActiveFault[]>();
  private lastId = 0;

  add(fault: Fault): number {
    const active = { id: ++this.lastId, fault, matched: 0, applied: 0 };
    this.byKind.set(fault.kind, [active, ...(this.byKind.get(fault.kind) ?? [])]);
    return active.id;
  }

  remove(id: number): void {
    for (const [kind, list] of this.byKind) {
      const rest = list.filter((active) => active.id !== id);
      if (rest.length === 0) this.byKind.delete(kind);
      else this.byKind.set(kind, rest);
    }
  }

  clear(): void {
    this.byKind.clear();
  }

  list(): ActiveFault[] {
    return [...this.byKind.values()].flat();
  }

  /** The fault of a kind that hits this request, counting the request against its limits. */
  take<Kind extends FaultKind>(
    kind: Kind,
    facts: Facts,
    applies?: (fault: FaultOf<Kind>) => boolean,
  ): FaultOf<Kind> | undefined {
    for (const fault of this.due(kind, facts, applies)) return fault;
    return undefined;
  }

  /** All of a kind that hit this request. */
  takeAll<Kind extends FaultKind>(kind: Kind, facts: Facts): FaultOf<Kind>[] {
    return [...this.due(kind, facts)];
  }

  private *due<Kind extends FaultKind>(
    kind: Kind,
    facts: Facts,
    applies: (fault: FaultOf<Kind>) => boolean = () => true,
  ): Generator<FaultOf<Kind>> {
    for (const active of this.byKind.get(kind) ?? []) {
      const fault = active.fault as FaultOf<Kind>;
      if (!selects(fault, facts) || !applies(fault)) continue;
      active.matched++;
      if (!isDue(active)) continue;
      active.applied++;
      yield fault;
    }
  }
}

function selects(fault: Fault, facts: Facts): boolean {
  return SELECTORS.every((name) => fault[name] === undefined || fault[name] === facts[name]);
}

function isDue({ fault, matched, applied }: ActiveFault): boolean {
  const { from = 1, every = 1, times = Infinity } = fault;
  return matched >= from && applied < times && matched % every === 0;
}
