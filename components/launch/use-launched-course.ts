"use client";

import { useCallback, useEffect, useState } from "react";
import type { LaunchedCourseView, LaunchedSync } from "#lib/operations/launches/schema.ts";

export type LaunchedState = {
  course: LaunchedCourseView | null;
  problem: string | null;
  /** The sync that was just asked for. */
  asking: LaunchedSync["kind"] | null;
  start: (kind: LaunchedSync["kind"]) => Promise<void>;
  /** The person has signed out; nothing is asked any more. */
  isEnded: boolean;
  end: () => Promise<void>;
};

const BUSY_MS = 1_500;
const QUIET_MS = 20_000;

/**
 * The course of this launch, kept current by asking again: cookies and event streams with a
 * session are not to be had in another site's frame.
 */
export function useLaunchedCourse(): LaunchedState {
  const [course, setCourse] = useState<LaunchedCourseView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState<LaunchedSync["kind"] | null>(null);

  const [isEnded, setIsEnded] = useState(false);

  const ask = useCallback(async (path: string, init?: RequestInit) => {
    const answer = await askCourse(path, init);
    if (answer.course) setCourse(answer.course);
    setProblem(answer.problem);
  }, []);

  const isBusy = course?.runs.some(({ state }) => UNFINISHED.has(state)) ?? false;
  useEffect(() => {
    if (isEnded) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      await ask("/lti/course/state");
      if (!isOver) timer = setTimeout(look, isBusy ? BUSY_MS : QUIET_MS);
    };
    timer = setTimeout(look, course === null ? 0 : isBusy ? BUSY_MS : QUIET_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
    // The course itself changes with every look; only its pace matters here.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ask, isBusy, isEnded]);

  const start = useCallback(
    async (kind: LaunchedSync["kind"]) => {
      setAsking(kind);
      await ask("/lti/course/sync", { method: "POST", body: JSON.stringify({ kind }) });
      setAsking(null);
    },
    [ask],
  );
  const end = useCallback(async () => {
    const { problem } = await askCourse("/lti/course/end", { method: "POST" });
    setProblem(problem);
    if (problem !== null) return;
    window.location.hash = "";
    setIsEnded(true);
  }, []);
  return { course, problem, asking, start, isEnded, end };
}

const UNFINISHED = new Set(["queued", "running", "paused"]);

type Answer = { course: LaunchedCourseView | null; problem: string | null };

async function askCourse(path: string, init?: RequestInit): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${window.location.hash.slice(1)}`,
    "content-type": "application/json",
  };
  try {
    const response = await fetch(path, { ...init, headers, cache: "no-store" });
    const body: unknown = await response.json();
    if (response.ok) return { course: body as LaunchedCourseView, problem: null };
    return { course: null, problem: (body as { detail?: string }).detail ?? "unexpected error" };
  } catch {
    return { course: null, problem: "Rollbook cannot be reached; this page keeps trying" };
  }
}
