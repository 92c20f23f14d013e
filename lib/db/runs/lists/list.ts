import type { Db } from "#lib/db/client.ts";
import { Prisma, type Run } from "#lib/db/generated/client.ts";
import { OutcomeKind, RunState } from "#lib/db/generated/enums.ts";
import {
  containsText,
  COUNT_LIMIT,
  countUpToMost,
  isWithin,
  where,
  type Within,
  type Window,
} from "#lib/db/lists/paging.ts";
import {
  type After,
  inOrderOf,
  isBehind,
  type Order,
  orderBy,
  orderedPage,
} from "#lib/db/lists/sorting.ts";
import { RUN_ORDERS, runConditions, type RunFilter } from "./conditions.ts";
import { outcomeKind, runState } from "#lib/db/rows/enums.ts";
import { row, type RowOf } from "#lib/db/rows/shape.ts";
import { float8, int4, int8, text, timestamptz, uuid } from "#lib/db/rows/types.ts";

const NAMES = {
  registration: { select: { name: true, profile: true } },
  course: { select: { title: true } },
} satisfies Prisma.RunInclude;

/** A run with the names a person knows its target by. */
export type NamedRun = Run & {
  registration: { name: string; profile: string };
  course: { title: string } | null;
};

export type RunQuery = RunFilter & {
  order: Order;
  /** The order is that of `createdAt`. */
  isByTime: boolean;
  after?: After;
  limit: number;
};

/**
 * The counts per state ignore the filter's own state; one more than `MOST_COUNTED` stands for
 * more than that. `keys` are the sort keys of the rows.
 */
export async function listRuns(
  db: Db,
  query: RunQuery,
): Promise<{ rows: NamedRun[]; keys: After[]; counts: Partial<Record<RunState, number>> }> {
  const conditions = await runConditions(db, query);
  const [{ rows, keys }, counts] = await Promise.all([
    pageOf(db, conditions, query),
    countByState(db, conditions),
  ]);
  return { rows, keys, counts };
}

/** The newest in some states, of which nobody asks how many there are. */
export async function latestRuns(
  db: Db,
  state: RunState[],
  { limit, within }: { limit: number; within: Within },
): Promise<NamedRun[]> {
  const order = { ...RUN_ORDERS.createdAt, descending: true };
  const conditions = [isWithin(Prisma.sql`run.registration_id`, within)];
  return (await pageOf(db, conditions, { state, order, isByTime: true, limit })).rows;
}

type Conditions = readonly (Prisma.Sql | false | undefined)[];

async function pageOf(
  db: Db,
  conditions: Conditions,
  query: RunQuery,
): Promise<{ rows: NamedRun[]; keys: After[] }> {
  const keys = query.isByTime
    ? await pageByTime(db, conditions, query)
    : await orderedPage(db, {
        ...query,
        ...RUN,
        conditions: [
          ...conditions,
          query.state && Prisma.sql`run.state = ANY (${query.state}::run_state[])`,
        ],
        after: query.after,
      });
  const ids = keys.map(({ id }) => id);
  const rows = await db.prisma.run.findMany({ where: { id: { in: ids } }, include: NAMES });
  return { rows: inOrderOf(keys, rows, ({ id }) => id), keys };
}

const RUN = { from: Prisma.sql`run`, id: Prisma.sql`run.id`, idIs: "uuid" } as const;

/** Each state's page has an index in this order; all states in one condition have none. */
async function pageByTime(
  db: Db,
  conditions: Conditions,
  { state, order, after, limit }: RunQuery,
): Promise<After[]> {
  if (!state) return orderedPage(db, { ...RUN, conditions, order, after, limit });
  const inState = Prisma.sql`run.state = wanted.state`;
  const behind = isBehind({ ...RUN, order, after });
  const page = Prisma.sql`
    SELECT run.id, run.created_at FROM run ${where([...conditions, inState, behind])}
     ORDER BY ${orderBy(order, RUN.id)} LIMIT ${limit}`;
  return orderedPage(db, {
    from: Prisma.sql`unnest(${state}::run_state[]) AS wanted (state)
                     CROSS JOIN LATERAL (${page}) AS run`,
    id: RUN.id,
    idIs: RUN.idIs,
    conditions: [],
    order,
    after: undefined,
    limit,
  });
}

// Each by its name: how rare one is decides whether its index or the whole table is read.
const STATES = Object.values(RunState).map((state) => Prisma.raw(`'${state}'::run_state`));

const stateRow = row({ state: runState, count: int4 });

async function countByState(
  db: Db,
  conditions: Conditions,
): Promise<Partial<Record<RunState, number>>> {
  const countOf = (state: Prisma.Sql) => Prisma.sql`
    SELECT ${state} AS state, count(*)::int AS count FROM (
      SELECT 1 FROM run ${where([Prisma.sql`run.state = ${state}`, ...conditions])}
       LIMIT ${COUNT_LIMIT}) AS those`;
  const groups = await db.rows(stateRow, Prisma.join(STATES.map(countOf), " UNION ALL "));
  const found = groups.filter(({ count }) => count > 0);
  return Object.fromEntries(found.map(({ state, count }) => [state, count]));
}

export async function findRun(db: Db, id: string): Promise<NamedRun | null> {
  return db.prisma.run.findUnique({ where: { id }, include: NAMES });
}

const outcomeRow = row({
  id: int8,
  scoreId: uuid,
  userId: text,
  name: text.nullable,
  lineItemLabel: text,
  batch: int4,
  kind: outcomeKind,
  scoreGiven: float8.nullable,
  timestamp: timestamptz,
  httpStatus: int4.nullable,
  errorCode: text.nullable,
  errorMessage: text.nullable,
  at: timestamptz,
});

export type OutcomeRow = RowOf<typeof outcomeRow>;

export type OutcomeQuery = Window<bigint> & {
  runId: string;
  kind?: OutcomeKind;
  errorCode?: string;
  /** Part of the person's name or user ID. */
  q?: string;
  newestFirst: boolean;
};

export async function listOutcomes(
  db: Db,
  query: OutcomeQuery,
): Promise<{ rows: OutcomeRow[]; total: number; counts: OutcomeCounts }> {
  const { runId, kind, errorCode, q, after, newestFirst, limit } = query;
  const ofAnyKind = [
    Prisma.sql`o.run_id = ${runId}::uuid`,
    errorCode !== undefined && Prisma.sql`o.error_code = ${errorCode}`,
    q !== undefined && containsText([Prisma.sql`o.user_id`, Prisma.sql`m.name`], q),
  ];
  const conditions = [...ofAnyKind, kind && Prisma.sql`o.kind = ${kind}::outcome_kind`];
  const isBehind =
    after !== undefined &&
    (newestFirst ? Prisma.sql`o.id < ${after}` : Prisma.sql`o.id > ${after}`);
  const from = q === undefined ? Prisma.sql`score_outcome o` : NAMED_OUTCOMES;
  const countOf = (kind: Prisma.Sql) => Prisma.sql`
    SELECT ${kind} AS kind, count(*)::int AS count FROM (
      SELECT 1 FROM ${from} ${where([...ofAnyKind, Prisma.sql`o.kind = ${kind}`])}
       LIMIT ${COUNT_LIMIT}) AS those`;
  const [rows, total, groups] = await Promise.all([
    db.rows(
      outcomeRow,
      Prisma.sql`
      SELECT o.id, o.score_id AS "scoreId", o.user_id AS "userId", m.name,
             li.label AS "lineItemLabel", o.batch, o.kind,
             o.score_given AS "scoreGiven", o.timestamp, o.http_status AS "httpStatus",
             o.error_code AS "errorCode", o.error_message AS "errorMessage", o.at
        FROM ${NAMED_OUTCOMES} ${where([...conditions, isBehind])}
       ORDER BY o.id ${newestFirst ? Prisma.sql`DESC` : Prisma.sql`ASC`} LIMIT ${limit}`,
    ),
    countUpToMost(db, Prisma.sql`FROM ${from} ${where(conditions)}`),
    db.rows(outcomeCount, Prisma.join(KINDS.map(countOf), " UNION ALL ")),
  ]);
  return { rows, total, counts: Object.fromEntries(groups.map((each) => [each.kind, each.count])) };
}

// Each by its name, so that the few that were not sent are found by the index over them alone.
const KINDS = Object.values(OutcomeKind).map((kind) => Prisma.raw(`'${kind}'::outcome_kind`));

const outcomeCount = row({ kind: outcomeKind, count: int4 });

/** How many of each kind match the rest of a filter; of very many one more than are counted. */
export type OutcomeCounts = Partial<Record<OutcomeKind, number>>;

const NAMED_OUTCOMES = Prisma.sql`
  score_outcome o
  JOIN score s ON s.id = o.score_id
  JOIN line_item li ON li.id = s.line_item_id
  LEFT JOIN membership m ON m.course_id = li.course_id AND m.user_id = o.user_id`;
