import type { Advice, Owner } from "#lib/advice/index.ts";
import type { Exchange } from "#lib/lti/options.ts";

/** The steps of a connection test, in the order in which they run. */
const STEP_TITLES = {
  endpoints: "Addresses",
  platform_jwks: "The platform’s keys",
  tool_jwks: "Our keys",
  assertion: "Client assertion",
  token: "Access token",
  scopes: "Scopes",
  clock: "Clocks",
  memberships: "A roster",
  line_items: "Line items",
} as const;

export type StepKey = keyof typeof STEP_TITLES;

export const STEP_KEYS = Object.keys(STEP_TITLES) as StepKey[];

/** `skipped`: there is nothing to ask; `not_reached`: it depends on what failed before. */
export type StepState =
  "waiting" | "running" | "passed" | "warned" | "failed" | "skipped" | "not_reached";

/** Why something is likely as it is, who acts, and what they do, in the platform's own terms. */
export type StepAdvice = Omit<Advice, "title">;

export type StepFact = { label: string; value: string };

/** What a step found. */
export type StepOutcome = {
  state: StepState;
  /** One sentence. */
  summary: string;
  advice?: StepAdvice;
  /** The platform's own words, redacted, else as they came. */
  verbatim?: string;
  facts?: StepFact[];
  /** Replaces the recorded exchange's body, where that names people. */
  hidesBody?: string;
  /** The client may be known under another audience. */
  doubtsAudience?: boolean;
};

/** A step as it is stored and shown. */
export type Step = {
  key: StepKey;
  title: string;
  state: StepState;
  durationMs: number | null;
  summary: string;
  verbatim: string | null;
  cause: string | null;
  owner: Owner;
  fix: string | null;
  exchange: { request: string; response: string | null } | null;
  facts: StepFact[];
};

/** A step that has not run. */
export function waitingStep(key: StepKey): Step {
  return toStep(key, { state: "waiting", summary: "Waits for the steps before it." });
}

/** A step with what it found, and the last exchange that it had. */
export function toStep(
  key: StepKey,
  outcome: StepOutcome,
  ran: { durationMs?: number; exchange?: Exchange } = {},
): Step {
  const { advice } = outcome;
  return {
    key,
    title: STEP_TITLES[key],
    state: outcome.state,
    durationMs: ran.durationMs ?? null,
    summary: outcome.summary,
    verbatim: outcome.verbatim ?? null,
    cause: advice?.cause ?? null,
    owner: advice?.owner ?? "nobody",
    fix: advice?.fix ?? null,
    exchange: ran.exchange ? exchangeText(ran.exchange, outcome.hidesBody) : null,
    facts: outcome.facts ?? [],
  };
}

/** An exchange as it would stand on the wire; secrets were removed when it was recorded. */
function exchangeText(exchange: Exchange, hidesBody: string | undefined): Step["exchange"] {
  const { method, url, status } = exchange;
  return {
    request: asMessage(`${method} ${url}`, exchange.requestHeaders, exchange.requestBody),
    response:
      status === undefined
        ? null
        : asMessage(
            `HTTP ${status}`,
            exchange.responseHeaders,
            hidesBody === undefined ? exchange.bodyExcerpt : `(${hidesBody})`,
          ),
  };
}

function asMessage(head: string, headers: Record<string, string>, body: string | undefined) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [head, ...lines, ...(body ? ["", body] : [])].join("\n");
}

/** How a whole test ended: as badly as its worst step. */
export function verdictOf(steps: readonly Pick<Step, "state">[]): "passed" | "warned" | "failed" {
  const has = (state: StepState) => steps.some((step) => step.state === state);
  if (has("failed")) return "failed";
  return has("warned") ? "warned" : "passed";
}
