/** The columns that a CSV of scores may have, and the names they go by once bare. */
const NAMES = {
  userId: ["userid", "user", "ltiuserid", "sub"],
  scoreGiven: ["scoregiven", "score", "points"],
  scoreMaximum: ["scoremaximum", "maximum", "max", "maxscore", "maximumscore", "outof"],
  comment: ["comment", "feedback"],
  activityProgress: ["activityprogress"],
  gradingProgress: ["gradingprogress"],
} as const;

export type ColumnKey = keyof typeof NAMES;

const COLUMN_KEYS = Object.keys(NAMES) as ColumnKey[];

export type Columns = {
  /** Where each column stands, and its name as found. */
  found: Map<ColumnKey, { index: number; name: string }>;
  ignored: string[];
  problems: { column: string; message: string }[];
};

/** Reads the header line: `User ID`, `user_id` and `userId` are the same column. */
export function readColumns(header: readonly string[]): Columns {
  const columns: Columns = { found: new Map(), ignored: [], problems: [] };
  header.forEach((written, index) => {
    const name = written.trim();
    const key = keyOf(name);
    const earlier = key && columns.found.get(key);
    if (!key) columns.ignored.push(name);
    else if (!earlier) columns.found.set(key, { index, name });
    else columns.problems.push({ column: name, message: `means the same as ${earlier.name}` });
  });
  if (!columns.found.has("userId")) columns.problems.push(missing("user_id"));
  if (!columns.found.has("scoreGiven")) columns.problems.push(missing("score"));
  return columns;
}

function keyOf(name: string): ColumnKey | undefined {
  const bare = name.toLowerCase().replaceAll(/[^a-z]/g, "");
  return COLUMN_KEYS.find((key) => NAMES[key].some((known) => known === bare));
}

function missing(column: string) {
  return { column, message: "is missing: the first line names the columns" };
}
