import type { Found, SearchResult } from "#lib/operations/search/schema.ts";
import type { Ask, Verb } from "./ask.ts";
import { ENTRY_KINDS, type EntryKind } from "./kinds.ts";
import { findPages } from "../pages.ts";
import type { Visited } from "../recent.ts";

/** One line of the palette: where it leads, or the sync that it starts. */
export type Entry = {
  key: string;
  kind: EntryKind;
  title: string;
  note: string;
  path: string;
  start?: { kind: "roster_sync" | "grade_sync"; courseId: string };
};

const STARTS: Record<Verb, { words: string; kind: "roster_sync" | "grade_sync" }> = {
  sync_roster: { words: "Sync roster of", kind: "roster_sync" },
  send_scores: { words: "Send scores of", kind: "grade_sync" },
};

const VERB_COURSES = 3;

/** What to show for what was typed, the likeliest first. */
export function entriesFor(ask: Ask, found: SearchResult | undefined): Entry[] {
  const items = found?.items ?? [];
  const courses = items.filter(({ kind }) => kind === "course");
  const verbs = ask.verb
    ? courses.map((course) => verbEntry(ask.verb!, course))
    : courses
        .filter(({ canSyncRoster }) => canSyncRoster)
        .slice(0, VERB_COURSES)
        .map((course) => verbEntry("sync_roster", course));
  const things = ask.verb ? [] : items.map(foundEntry);
  const pages = ask.verb
    ? []
    : findPages(ask.text).map(({ title, path }) => entry("page", path, title, "", path));
  const order = Object.keys(ENTRY_KINDS);
  const all = ask.verb ? verbs : [...things, ...pages, ...verbs];
  return [...all].sort((a, b) => rank(a) - rank(b));

  function rank({ kind }: Entry): number {
    return kind === "verb" && !ask.verb ? order.length : order.indexOf(kind);
  }
}

export function recentEntries(visited: Visited[]): Entry[] {
  return visited.map(({ title, path }) => entry("recent", path, title, "", path));
}

function foundEntry({ kind, id, title, note, path }: Found): Entry {
  return entry(kind, `${kind}/${path}/${id}`, title, note, path);
}

function verbEntry(verb: Verb, course: Found): Entry {
  const { words, kind } = STARTS[verb];
  const title = `${words} ${course.title}`;
  return {
    ...entry("verb", `${verb}/${course.id}`, title, course.note, course.path),
    start: { kind, courseId: course.id },
  };
}

function entry(kind: EntryKind, key: string, title: string, note: string, path: string): Entry {
  return { key, kind, title, note, path };
}
