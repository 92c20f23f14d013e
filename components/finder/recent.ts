export type Visited = { title: string; path: string };

const KEY = "rollbook.visited";
const MOST = 8;
const OBJECT_PAGE = /^\/(registrations|courses|runs|holds)\/[0-9a-f-]{36}/;

/** What was looked at in this browser lately, the latest first. */
export function readVisited(): Visited[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isVisited).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Remembers the page of an object by its heading. */
export function noteVisit(pathname: string, title: string): void {
  const path = OBJECT_PAGE.exec(pathname)?.[0];
  if (path === undefined || title === "") return;
  const others = readVisited().filter((visited) => visited.path !== path);
  try {
    localStorage.setItem(KEY, JSON.stringify([{ title, path }, ...others].slice(0, MOST)));
  } catch {
    // A browser that keeps nothing has no recent pages.
  }
}

function isVisited(value: unknown): value is Visited {
  const { title, path } = (value ?? {}) as Partial<Visited>;
  return typeof title === "string" && typeof path === "string" && path.startsWith("/");
}
