import type { AuditEntry } from "../generated/client.ts";

type Listener = (entry: AuditEntry) => void;

// Each bundle of the built server has its own copy of this module.
const key = Symbol.for("rollbook.audit_listener");
const shared = globalThis as typeof globalThis & { [key]?: Listener };

/** Hears each entry that this process wrote, once it is committed; one listener a process. */
export function listenToAudit(listener: Listener): void {
  shared[key] = listener;
}

export function tellListener(entry: AuditEntry): void {
  shared[key]?.(entry);
}
