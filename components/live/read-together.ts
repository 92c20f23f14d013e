import { answerOf, type Answer } from "./answer.ts";
import type { ReadKey } from "./read.ts";

type Waiting = {
  key: ReadKey;
  signal: AbortSignal;
  resolve: (data: unknown) => void;
  reject: (error: unknown) => void;
};

/** What the server answers in one request. */
const MOST = 30;

/** Between the requests that only keep a page current. */
const PACE_MS = 1_000;

let fresh: Waiting[] = [];
let again: Waiting[] = [];
let pace: ReturnType<typeof setTimeout> | undefined;
let lastAgainAt = -Infinity;

/**
 * Reads by the REST API. What is asked for at one moment goes in one request. What a page has
 * already and reads again (`isAgain`) goes with all others of its kind, once a second at most and
 * never while the page is hidden.
 *
 * @throws ApiProblem
 */
export function readTogether<Data>(
  key: ReadKey,
  signal: AbortSignal,
  isAgain: boolean,
): Promise<Data> {
  return new Promise<Data>((resolve, reject) => {
    const waiting = { key, signal, resolve: resolve as Waiting["resolve"], reject };
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    if (isAgain) {
      again.push(waiting);
      sendAgainInTime();
    } else if (fresh.push(waiting) === 1) {
      queueMicrotask(sendFresh);
    }
  });
}

function sendFresh(): void {
  const due = fresh;
  fresh = [];
  send(due);
}

function sendAgainInTime(): void {
  if (pace !== undefined) return;
  pace = setTimeout(sendAgain, Math.max(0, lastAgainAt + PACE_MS - performance.now()));
}

function sendAgain(): void {
  pace = undefined;
  if (document.visibilityState === "hidden") {
    document.addEventListener("visibilitychange", sendAgainInTime, { once: true });
    return;
  }
  lastAgainAt = performance.now();
  const due = again;
  again = [];
  send(due);
}

function send(due: Waiting[]): void {
  const wanted = due.filter(({ signal }) => !signal.aborted);
  for (let from = 0; from < wanted.length; from += MOST)
    void sendOne(wanted.slice(from, from + MOST));
}

async function sendOne(batch: Waiting[]): Promise<void> {
  try {
    const answers = await ask(batch);
    for (const [index, { resolve, reject }] of batch.entries()) {
      try {
        resolve(answerOf(answers[index]));
      } catch (problem) {
        reject(problem);
      }
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

async function ask(batch: Waiting[]): Promise<Answer[]> {
  const [first, ...others] = batch;
  if (first && others.length === 0) return [await fetched(addressOf(first.key), first.signal)];
  const of = batch.map(({ key }): [string, string] => ["of", addressOf(key)]);
  const answer = await fetched(`/api/reads?${new URLSearchParams(of)}`);
  return answerOf<{ items: Answer[] }>(answer).items;
}

async function fetched(address: string, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(address, { signal, headers: { accept: "application/json" } });
  return { status: response.status, body: await response.json().catch(() => null) };
}

function addressOf([path, query]: ReadKey): string {
  const search = new URLSearchParams(query).toString();
  return search === "" ? path : `${path}?${search}`;
}
