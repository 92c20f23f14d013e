import { runTitle } from "#components/runs/run-words.ts";
import { RUN_STATES } from "#components/states/tables/runs.ts";
import { inRows, type Lane, type Span } from "#components/ui/drawings/spans.ts";
import type { Tone } from "#components/ui/text/status.tsx";
import { plural } from "#lib/format.ts";
import type { SharingRun, TokenLife, TokenRequestView } from "#lib/operations/tokens/schema.ts";
import { endWords, REASON_WORDS } from "../token-words.ts";

type Mark = { at: number; tone: Tone; words: string };

/** `marks` are moments of the first row, told by their titles alone. */
type LifeLane = Lane & { marks: readonly Mark[] };

export type Picture = { from: number; to: number; now: number; lanes: LifeLane[] };

const MOST_ROWS = 6;

/** The lives of tokens and the runs that drew on each, to one scale that ends with the last life. */
export function pictureOf(
  lives: readonly TokenLife[],
  refused: readonly TokenRequestView[],
  now: number,
): Picture {
  const bars = lives.map(lifeBar);
  const from = Math.min(...bars.map((bar) => bar.from));
  const to = Math.max(from + 1_000, now, ...bars.map((bar) => bar.to));
  const tokens = inRows(bars, MOST_ROWS);
  const runs = inRows(
    lives.flatMap((life) => life.runs.map((run) => runBar(run, life, now))),
    MOST_ROWS,
  );
  const marks = [...lives.map(renewalMark), ...refused.map(refusalMark)].filter(
    ({ at }) => at >= from,
  );
  return {
    from,
    to,
    now,
    lanes: [
      ...tokens.map((row, index) => ({
        name: index === 0 ? "Tokens" : "",
        spans: row,
        marks: index === 0 ? marks : [],
      })),
      ...runs.map((row, index) => ({ name: index === 0 ? "Runs" : "", spans: row, marks: [] })),
    ],
  };
}

const END_TONES: Record<TokenLife["end"], Tone> = {
  alive: "ok",
  expired: "idle",
  replaced: "active",
  evicted: "warn",
};

function lifeBar(life: TokenLife): Span {
  return {
    key: life.id,
    from: Date.parse(life.obtainedAt),
    to: Date.parse(life.endedAt),
    tone: END_TONES[life.end],
    isUnderWay: life.end === "alive",
    words: `Token ${life.fingerprint}, ${lifeWords(life)}`,
  };
}

/** Why it was asked for, how it ended and who drew on it. */
function lifeWords({ reason, end, evictedReason, runCount }: TokenLife): string {
  const because = reason && `requested because: ${REASON_WORDS[reason].short.toLowerCase()}`;
  const ended = endWords({ end, evictedReason });
  return [because, ended, plural(runCount, "run")].filter(Boolean).join("; ");
}

function runBar(run: SharingRun, life: TokenLife, now: number): Span {
  const from = Date.parse(run.firstUsedAt);
  const isUnderWay = run.usedUntil === null && run.state === "running";
  const until = run.usedUntil === null ? now : Date.parse(run.usedUntil);
  const state = RUN_STATES[run.state];
  return {
    key: `${life.id}:${run.id}`,
    from,
    to: Math.max(from, Math.min(until, Date.parse(life.endedAt))),
    tone: state.tone,
    isUnderWay,
    words: `${runTitle(run)}, ${state.word.toLowerCase()}, on token ${life.fingerprint}`,
    href: `/runs/${run.id}`,
  };
}

function renewalMark({ obtainedAt, reason }: TokenLife): Mark {
  const words = reason ? REASON_WORDS[reason].short : "Requested";
  return { at: Date.parse(obtainedAt), tone: "idle", words: `Requested: ${words.toLowerCase()}` };
}

function refusalMark({ at, problem }: TokenRequestView): Mark {
  return { at: Date.parse(at), tone: "bad", words: `Turned down: ${problem?.message ?? ""}` };
}
