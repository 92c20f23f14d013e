/** Pages that are found by what they are for, beside what the server finds. */
const PAGES: { title: string; path: string; words: string }[] = [
  { title: "Overview", path: "/", words: "home cockpit inbox" },
  { title: "Registrations", path: "/registrations", words: "lms platform tool" },
  { title: "Connect an LMS", path: "/registrations/new", words: "add new registration wizard" },
  {
    title: "Pending registrations",
    path: "/registrations/pending",
    words: "approve invitation link dynamic registration",
  },
  { title: "Courses", path: "/courses", words: "contexts" },
  { title: "Add a course", path: "/courses/new", words: "new course by hand" },
  { title: "Runs", path: "/runs", words: "syncs history" },
  { title: "Failed runs", path: "/runs?state=failed", words: "errors broken" },
  { title: "Bulk operations", path: "/operations", words: "acts on many" },
  { title: "Holds", path: "/holds", words: "removals that wait approve" },
  { title: "Schedules", path: "/schedules", words: "cron nightly blackout" },
  { title: "Tokens", path: "/tokens", words: "access token scopes" },
  { title: "Audit", path: "/audit", words: "log who did what" },
  { title: "Settings", path: "/settings", words: "operators api keys password pause system" },
  { title: "Signing keys", path: "/settings/keys", words: "jwks rotate key set" },
];

export type FoundPage = { title: string; path: string };

/** Pages of which every word of the text begins some word. */
export function findPages(text: string): FoundPage[] {
  const asked = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (asked.length === 0) return [];
  return PAGES.filter(({ title, words }) => {
    const known = `${title} ${words}`.toLowerCase().split(/\s+/);
    return asked.every((word) => known.some((each) => each.startsWith(word)));
  }).map(({ title, path }) => ({ title, path }));
}
