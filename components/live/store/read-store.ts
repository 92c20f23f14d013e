import { ApiProblem } from "../answer.ts";
import type { ReadKey } from "../read.ts";
import { keepEqual } from "./keep-equal.ts";

/** What one read came to so far; another object as soon as anything of it differs. */
export type Known = { readonly data: unknown; readonly error: Error | null };

export type ReadOnce = (key: ReadKey, signal: AbortSignal, isAgain: boolean) => Promise<unknown>;

type Entry = {
  key: ReadKey;
  known: Known;
  /** When the data was true; 0 where there is none. */
  at: number;
  /** Something has changed since. */
  isOld: boolean;
  watchers: Set<() => void>;
  underWay: { promise: Promise<void>; stop: AbortController } | null;
  forgetting: ReturnType<typeof setTimeout> | undefined;
};

/** Until then an answer counts as current; the change stream says earlier what is not. */
export const CURRENT_MS = 20_000;
/** How long an answer is kept that no page shows. */
const KEPT_MS = 5 * 60_000;
const RETRY_MS = [1_000, 2_000];
const NOTHING: Known = { data: undefined, error: null };

/** What a read is called: its key as text. */
export const nameOf = (key: ReadKey): string => JSON.stringify(key);

/** What a page's reads have answered, shared by all parts of the page that show it. */
export class ReadStore {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly readOnce: ReadOnce) {}

  known(name: string): Known {
    return this.#entries.get(name)?.known ?? NOTHING;
  }

  /** What the server has read at `at`; older than what is here, it is nothing new. */
  put(key: ReadKey, data: unknown, at: number): void {
    const entry = this.#entry(nameOf(key));
    if (at > entry.at) this.#know(entry, data, at);
  }

  has(key: ReadKey): boolean {
    return this.#entries.has(nameOf(key));
  }

  /** Tells of each change until the returned function is called, and reads what is not current. */
  watch(name: string, tell: () => void): () => void {
    const entry = this.#entry(name);
    clearTimeout(entry.forgetting);
    entry.watchers.add(tell);
    this.readIfOld(name);
    return () => {
      entry.watchers.delete(tell);
      if (entry.watchers.size > 0) return;
      this.#stop(entry);
      this.#forgetInTime(name, entry);
    };
  }

  /** Reads by the clock until the returned function is called, never while the page is hidden. */
  keepCurrent(name: string, everyMs: number): () => void {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const left = this.#entry(name).at + everyMs - Date.now();
      if (left <= 0 && document.visibilityState === "visible") void this.#read(name);
      timer = setTimeout(tick, left > 0 ? left : everyMs);
    };
    timer = setTimeout(tick, everyMs);
    return () => clearTimeout(timer);
  }

  readIfOld(name: string): void {
    const { at, isOld } = this.#entry(name);
    if (isOld || Date.now() - at >= CURRENT_MS) void this.#read(name);
  }

  /** Reads once more, even where an answer is under way: it may be older than what has changed. */
  async readAgain(name: string): Promise<void> {
    const entry = this.#entry(name);
    entry.isOld = true;
    if (entry.known.data !== undefined) this.#stop(entry);
    await this.#read(name);
  }

  /** What is shown is read again now, the rest of it when a page shows it. */
  readAllAgain(isMeant: (key: ReadKey) => boolean = () => true): void {
    for (const [name, entry] of this.#entries) {
      if (!isMeant(entry.key)) continue;
      entry.isOld = true;
      if (entry.watchers.size > 0) void this.readAgain(name);
    }
  }

  isReading(isMeant: (key: ReadKey) => boolean): boolean {
    return [...this.#entries.values()].some(({ key, underWay }) => underWay && isMeant(key));
  }

  #entry(name: string): Entry {
    const present = this.#entries.get(name);
    if (present) return present;
    const entry: Entry = {
      key: JSON.parse(name) as ReadKey,
      known: NOTHING,
      at: 0,
      isOld: false,
      watchers: new Set(),
      underWay: null,
      forgetting: undefined,
    };
    this.#entries.set(name, entry);
    this.#forgetInTime(name, entry);
    return entry;
  }

  #forgetInTime(name: string, entry: Entry): void {
    // The server makes a store for each request and must not wait for it.
    if (typeof window === "undefined") return;
    entry.forgetting = setTimeout(() => this.#entries.delete(name), KEPT_MS);
  }

  #read(name: string): Promise<void> {
    const entry = this.#entry(name);
    if (entry.underWay) return entry.underWay.promise;
    const stop = new AbortController();
    const promise = this.#readWithRetries(entry, stop.signal);
    entry.underWay = { promise, stop };
    // Once more from the beginning: until it comes, nothing is known again.
    if (entry.known.data === undefined) this.#tell(entry, NOTHING);
    return promise;
  }

  async #readWithRetries(entry: Entry, signal: AbortSignal): Promise<void> {
    for (const wait of [...RETRY_MS, null]) {
      try {
        const isAgain = entry.known.data !== undefined;
        const data = await this.readOnce(entry.key, signal, isAgain);
        if (signal.aborted) return;
        entry.underWay = null;
        this.#know(entry, data, Date.now());
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (wait === null || !mayPass(error)) {
          entry.underWay = null;
          this.#tell(entry, { ...entry.known, error: error as Error });
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, wait));
        if (signal.aborted) return;
      }
    }
  }

  #know(entry: Entry, data: unknown, at: number): void {
    entry.at = at;
    entry.isOld = false;
    this.#tell(entry, { data, error: null });
  }

  #tell(entry: Entry, { data, error }: Known): void {
    const kept = keepEqual(entry.known.data, data);
    if (kept === entry.known.data && error === entry.known.error) return;
    entry.known = { data: kept, error };
    for (const tell of entry.watchers) tell();
  }

  #stop(entry: Entry): void {
    entry.underWay?.stop.abort();
    entry.underWay = null;
  }
}

/** An answer that says no says no again; a lost connection may not. */
function mayPass(error: unknown): boolean {
  return !(error instanceof ApiProblem && error.status < 500);
}
