import { z } from "zod";
import { actorName } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import { afterCommit, transaction, type Db } from "#lib/db/client.ts";
import * as stored from "#lib/db/schedules/schedules.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, registrationsOf } from "../permit.ts";
import { requiredCourse } from "../courses/courses.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../lists/cursor.ts";
import { Conflict } from "../errors.ts";
import { readBlackout } from "./blackout-text.ts";
import { checkRecurrence, nextTimesOf } from "./next-times.ts";
import { getRegistration } from "../registrations/registrations.ts";
import type { Page } from "../fields.ts";
import {
  Blackout,
  type ScheduleChange,
  type ScheduleDeleted,
  ScheduleFilter,
  ScheduleInput,
  type SchedulePreview,
  SchedulePatch,
  SchedulePreviewQuery,
  type ScheduleView,
} from "./schema.ts";
import { merged } from "../partial.ts";
import { validated } from "../validated.ts";
import { checkVersion, type Expected, versionOf } from "../version.ts";
import { byId } from "../by-id.ts";

type ScheduleId = { scheduleId: string };

/** Oldest first. */
export async function listSchedules(
  asker: Asker,
  filter: Partial<ScheduleFilter>,
): Promise<Page<ScheduleView>> {
  const caller = await permit(asker, "read", "within");
  const { cursor, limit, ...conditions } = validated(ScheduleFilter, filter);
  const [afterId] = decodeCursor(cursor, ["id"]) ?? [];
  const within = registrationsOf(caller.actor);
  const query = { ...conditions, within, afterId, limit: limit + 1 };
  const { rows, total } = await stored.listSchedules(caller.db, query);
  return pageFrom({
    rows,
    limit,
    total,
    nextCursor: ({ id }) => encodeCursor([id]),
    view: (row) => viewOf(caller, row),
  });
}

export async function getSchedule(asker: Asker, { scheduleId }: ScheduleId): Promise<ScheduleView> {
  const caller = await permit(asker, "read", { scheduleId });
  return viewOf(caller, await required(caller.db, scheduleId));
}

const WrittenBlackouts = z.object({
  blackouts: z.array(z.string().transform(readBlackout).pipe(Blackout)),
});

/** @throws InvalidInput  as adding such a schedule would */
export async function previewSchedule(
  asker: Asker,
  query: SchedulePreviewQuery,
): Promise<SchedulePreview> {
  const caller = await permit(asker, "read", "within");
  const { blackouts: text = "", ...when } = validated(SchedulePreviewQuery, query);
  const written = text.split(";").filter((each) => each.trim() !== "");
  const { blackouts } = validated(WrittenBlackouts, { blackouts: written });
  const recurrence = { ...when, blackouts };
  checkRecurrence(caller.engine, recurrence, caller.now());
  const nextTimes = nextTimesOf(caller.engine, recurrence, caller.now());
  return Promise.resolve({ nextTimes });
}

/**
 * @throws InvalidInput  the expression or the zone cannot be used, or nothing would ever start
 * @throws Conflict      what it would sync is archived
 */
export async function createSchedule(asker: Asker, input: ScheduleInput): Promise<ScheduleView> {
  const { courseId, registrationId, ...fields } = validated(ScheduleInput, input);
  const caller = await permit(asker, "runs:write", { courseId, registrationId });
  checkRecurrence(caller.engine, fields, caller.now());
  const target = await targetOf(caller, { courseId, registrationId });
  return writing(caller, async (tx) => {
    const createdBy = actorName(caller.actor);
    const id = await stored.insertSchedule(tx, { ...fields, ...target, createdBy });
    await audit(tx, caller, entry("schedule.create", id, { ...target, ...fields }));
    return id;
  });
}

/**
 * Changes the fields that are given; the others keep their values.
 *
 * @throws VersionMismatch  somebody changed the schedule since the caller read it
 */
export async function updateSchedule(
  asker: Asker,
  { scheduleId, ifVersion, ...input }: ScheduleId & Expected & SchedulePatch,
): Promise<ScheduleView> {
  const caller = await permit(asker, "runs:write", { scheduleId });
  const given = validated(SchedulePatch, input);
  return writing(caller, async (tx) => {
    const before = await locked(tx, scheduleId);
    const old = fieldsOf(before);
    checkVersion({ ifVersion }, old);
    const fields = merged(old, given);
    checkRecurrence(caller.engine, fields, caller.now());
    await stored.updateSchedule(tx, before.id, fields);
    const changes = changesBetween(old, fields);
    await audit(tx, caller, entry("schedule.update", before.id, { changes }));
    return before.id;
  });
}

export async function enableSchedule(asker: Asker, key: ScheduleId): Promise<ScheduleView> {
  const caller = await permit(asker, "runs:write", { scheduleId: key.scheduleId });
  return setEnabled(caller, key, true);
}

/** Nothing starts by it until it is enabled again; runs under way go on. */
export async function disableSchedule(asker: Asker, key: ScheduleId): Promise<ScheduleView> {
  const caller = await permit(asker, "runs:write", { scheduleId: key.scheduleId });
  return setEnabled(caller, key, false);
}

/** @throws VersionMismatch  somebody changed the schedule since the caller read it */
export async function deleteSchedule(
  asker: Asker,
  { scheduleId, ifVersion }: ScheduleId & Expected,
): Promise<ScheduleDeleted> {
  const caller = await permit(asker, "runs:write", { scheduleId });
  const { id } = await transaction(caller.db, async (tx) => {
    const schedule = await locked(tx, scheduleId);
    checkVersion({ ifVersion }, fieldsOf(schedule));
    await stored.deleteSchedule(tx, schedule.id);
    const { registrationId, courseId, kind, cron, timeZone } = schedule;
    const detail = { registrationId, courseId, kind, cron, timeZone };
    await audit(tx, caller, entry("schedule.delete", schedule.id, detail));
    await announce(tx, schedule);
    return schedule;
  });
  await afterCommit(caller.db, () => caller.engine.alignSchedules());
  return { id };
}

async function setEnabled(
  caller: Caller,
  { scheduleId }: ScheduleId,
  isEnabled: boolean,
): Promise<ScheduleView> {
  return writing(caller, async (tx) => {
    const { id } = await required(tx, scheduleId);
    await stored.updateSchedule(tx, id, { isEnabled });
    const action = isEnabled ? "schedule.enable" : "schedule.disable";
    await audit(tx, caller, entry(action, id));
    return id;
  });
}

async function targetOf(
  caller: Caller,
  { courseId, registrationId }: { courseId?: string; registrationId?: string },
): Promise<{ registrationId: string; courseId: string | null }> {
  if (courseId === undefined) {
    const { id, archivedAt } = await getRegistration(caller, {
      registrationId: registrationId ?? "",
    });
    if (archivedAt) throw new Conflict("the registration is archived, restore it first");
    return { registrationId: id, courseId: null };
  }
  const course = await requiredCourse(caller.db, courseId);
  if (course.archivedAt) throw new Conflict("the course is archived, restore it first");
  return { registrationId: course.registrationId, courseId: course.id };
}

/** Writes, then tells the scheduler; should that be cut off, it learns of it by itself. */
async function writing(caller: Caller, write: (tx: Db) => Promise<string>): Promise<ScheduleView> {
  const schedule = await transaction(caller.db, async (tx) => {
    const written = await required(tx, await write(tx));
    await announce(tx, written);
    return written;
  });
  await afterCommit(caller.db, () => caller.engine.alignSchedules());
  return viewOf(caller, schedule);
}

async function announce(tx: Db, { registrationId, courseId }: stored.ScheduleRow): Promise<void> {
  await notify(tx, { registrationId, courseId: courseId ?? undefined });
}

async function required(tx: Db, scheduleId: string): Promise<stored.ScheduleRow> {
  return byId("schedule", scheduleId, (id) => stored.findSchedule(tx, id));
}

/** Those who change a schedule wait for each other. */
async function locked(tx: Db, scheduleId: string): Promise<stored.ScheduleRow> {
  const { id } = await required(tx, scheduleId);
  await stored.lockSchedule(tx, id);
  return required(tx, id);
}

/** What of a schedule can be edited. */
function fieldsOf(row: stored.ScheduleRow): ScheduleChange {
  const { kind, cron, timeZone, jitterSeconds, isEnabled } = row;
  return { kind, cron, timeZone, jitterSeconds, blackouts: stored.blackoutsOf(row), isEnabled };
}

function entry(action: string, objectId: string, detail?: object) {
  return { action, object: "schedule", objectId, detail: detail && { ...detail } };
}

function viewOf(caller: Caller, row: stored.ScheduleRow): ScheduleView {
  const { registration, course, createdAt, lastFiredAt, updatedAt: _, ...facts } = row;
  const blackouts = stored.blackoutsOf(row);
  return {
    ...facts,
    version: versionOf(fieldsOf(row)),
    blackouts,
    registrationName: registration.name,
    courseTitle: course?.title ?? null,
    createdAt: createdAt.toISOString(),
    lastFiredAt: lastFiredAt?.toISOString() ?? null,
    nextTimes: row.isEnabled ? nextTimesOf(caller.engine, { ...row, blackouts }, caller.now()) : [],
  };
}
