import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { insertCourseChange, type ChangeSource } from "#lib/db/courses/changes.ts";
import type { AuditDetail } from "#lib/db/audit/entries.ts";
import type { Course, Deployment, Registration } from "#lib/db/generated/client.ts";
import {
  type LaunchedFields,
  lockLaunchedCourse,
  noteLaunchRoles,
  seenDeployment,
  touchLaunched,
  updateLaunchedCourse,
} from "#lib/db/launches/launched-courses.ts";
import { findLineItemByUrl } from "#lib/db/line-items/line-items.ts";
import {
  afterLaunch,
  announcedAddresses,
  CONTEXT_COPY_NOTICE,
  LaunchRefused,
  plainText,
  type LaunchContext,
  type LaunchMessage,
  type NoticeService,
} from "#lib/lti/index.ts";
import { audit, changesBetween } from "#lib/operations/audit/trail.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { columnOfLaunch, type LinkedColumn } from "../deep-linking/column-custom.ts";
import { approveLaunchedOrigins } from "#lib/operations/service-origins/named-origins.ts";

/** What is still to be asked of the platform once the person has been answered. */
export type FollowUp = {
  registrationId: string;
  courseId: string;
  /** A column of this link that is not recorded yet, or without what the link says of it. */
  lineItemUrl?: string;
  /** What we said of the column when we made the link. */
  column?: LinkedColumn;
  /** A notification service that does not know us yet. */
  noticeService?: NoticeService;
};

export type LaunchRecord =
  | { kind: "deployment_pending" }
  | { kind: "outside_course" }
  | ({ kind: "course"; courseTitle: string; followUp?: FollowUp } & RecordedCourse);

/** What a launch said of a course, and what of it was new. */
export type RecordedCourse = {
  courseId: string;
  isNew: boolean;
  /** Something newer was known: nothing was changed. */
  isOutdated: boolean;
  changes: AuditDetail;
};

const TOUCH_PAUSE_MS = 60_000;

/**
 * Records what a verified launch announced: its deployment, its course, addresses and scopes.
 * A deployment that nobody approved gets no course. `at` is when it happened: one that is older
 * than the last launch of its course changes nothing.
 *
 * @throws LaunchRefused  the deployment was declined
 */
export async function recordLaunch(
  caller: Caller,
  registration: Registration,
  message: LaunchMessage,
  at: Date = caller.now(),
): Promise<LaunchRecord> {
  const registrationId = registration.id;
  return transaction(caller.db, async (tx) => {
    const deployment = await recordDeployment(caller, tx, registrationId, message.deploymentId);
    await touchLaunched(tx, { registrationId, deploymentId: deployment.id }, at);
    if (deployment.state === "pending") return { kind: "deployment_pending" };
    const { context, endpoints } = message;
    if (!context) return { kind: "outside_course" };
    const seen = { registration, deploymentId: deployment.id, context, endpoints };
    const { course, ...recorded } = await recordCourse(caller, tx, {
      ...seen,
      source: "launch",
      at,
    });
    if (!recorded.isOutdated)
      await approveLaunchedOrigins(caller, tx, registration, [message.noticeService?.url]);
    await noteLaunchRoles(tx, course.id, message);
    const lineItemUrl = endpoints.grades?.lineItemUrl;
    const column = columnOfLaunch(message);
    const known = lineItemUrl ? await findLineItemByUrl(tx, course.id, lineItemUrl) : null;
    const isNewItem =
      lineItemUrl !== undefined && (!known || (column !== undefined && known.resourceId === null));
    const noticeService = wantedNotices(message, course.noticeServiceUrl);
    const followUp =
      isNewItem || noticeService
        ? {
            registrationId,
            courseId: course.id,
            ...(isNewItem && { lineItemUrl, column }),
            ...(noticeService && { noticeService }),
          }
        : undefined;
    const given = { courseId: course.id, courseTitle: course.title, ...recorded };
    return { kind: "course", ...given, followUp };
  });
}

async function recordDeployment(
  caller: Caller,
  tx: Db,
  registrationId: string,
  platformId: string,
): Promise<Deployment> {
  const { deployment, isNew } = await seenDeployment(tx, registrationId, platformId);
  if (deployment.state === "declined") {
    throw new LaunchRefused("deployment_declined", "the deployment was declined");
  }
  if (isNew) {
    await notify(tx, { registrationId });
    await audit(tx, caller, {
      action: "deployment.announce",
      object: "registration",
      objectId: registrationId,
      detail: { deploymentId: platformId },
    });
  }
  return deployment;
}

type SeenCourse = {
  registration: Pick<Registration, "id" | "tokenEndpoint" | "jwksUrl">;
  /** Our own ID of the deployment. */
  deploymentId: string;
  context: LaunchContext;
  endpoints: LaunchMessage["endpoints"];
  source: ChangeSource;
  /** When a launch said so. */
  at?: Date;
};

/**
 * The course of a context as it now is, with what changed since the last time. The platform signed
 * what is recorded here, so its addresses may be called.
 */
export async function recordCourse(caller: Caller, tx: Db, seen: SeenCourse) {
  const { registration, deploymentId, context, source, at = caller.now() } = seen;
  const title = initialTitle(context);
  const made = {
    registrationId: registration.id,
    deploymentId,
    contextId: context.contextId,
    title,
  };
  const { course: before, isNew } = await lockLaunchedCourse(tx, made);
  // A token tells its time in whole seconds.
  const lastSeconds = Math.floor((before.lastLaunchAt?.getTime() ?? 0) / 1_000);
  if (source === "launch" && at.getTime() < lastSeconds * 1_000) {
    return { course: before, isNew, isOutdated: true, changes: {} };
  }
  const fields = launchedFields(before, seen);
  const lastLaunchAt = source === "launch" ? at : before.lastLaunchAt;
  const changes = await saveSeen(tx, { before, isNew, fields, source, lastLaunchAt });
  await approveLaunchedOrigins(
    caller,
    tx,
    registration,
    Object.values(announcedAddresses(seen.endpoints)),
  );
  return { course: { ...before, ...fields }, isNew, isOutdated: false, changes };
}

/** What a launch or a notice makes of a course. */
function launchedFields(
  before: Course,
  { context, endpoints }: { context: LaunchContext; endpoints: LaunchMessage["endpoints"] },
): LaunchedFields {
  return {
    title: plainText(context.title ?? before.title, 500),
    label: plainText(context.label ?? before.label, 200),
    ...afterLaunch(before, endpoints),
  };
}

function initialTitle({ title, label, contextId }: LaunchContext): string {
  return plainText(title ?? label ?? contextId, 500);
}

/** Stores what a course was seen to be, and what of it is news. */
export async function saveSeen(
  tx: Db,
  seen: {
    before: Course;
    isNew: boolean;
    fields: LaunchedFields;
    source: ChangeSource;
    lastLaunchAt: Date | null;
  },
): Promise<AuditDetail> {
  const { before, isNew, fields, source, lastLaunchAt } = seen;
  const { id: courseId, registrationId } = before;
  const changes = changesBetween(isNew ? {} : before, withoutEmpty(isNew, fields));
  const hasChanged = isNew || Object.keys(changes).length > 0;
  const isDue =
    (lastLaunchAt?.getTime() ?? 0) > (before.lastLaunchAt?.getTime() ?? 0) + TOUCH_PAUSE_MS;
  if (hasChanged || isDue) {
    await updateLaunchedCourse(tx, courseId, { ...fields, lastLaunchAt });
    await notify(tx, { courseId, registrationId });
  }
  if (hasChanged) await insertCourseChange(tx, { courseId, source, changes });
  return changes;
}

/** A new course's empty fields are no news. */
function withoutEmpty(isNew: boolean, fields: object): object {
  if (!isNew) return fields;
  const given = Object.entries(fields).filter(([, value]) => {
    return value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
  });
  return Object.fromEntries(given);
}

function wantedNotices(
  { noticeService }: LaunchMessage,
  subscribedUrl: string | null,
): NoticeService | undefined {
  const offersCopies = noticeService?.noticeTypes.includes(CONTEXT_COPY_NOTICE);
  return offersCopies && noticeService?.url !== subscribedUrl ? noticeService : undefined;
}
