import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { insertCourseChange, type ChangeSource } from "#lib/db/courses/changes.ts";
import type { Deployment, Registration } from "#lib/db/generated/client.ts";
import {
  lockLaunchedCourse,
  seenDeployment,
  touchLaunched,
  updateLaunchedCourse,
} from "#lib/db/launches/launched-courses.ts";
import { findLineItemByUrl } from "#lib/db/scores/line-items.ts";
import {
  CONTEXT_COPY_NOTICE,
  LaunchRefused,
  type LaunchContext,
  type LaunchMessage,
  type NoticeService,
} from "#lib/lti/index.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Caller } from "../caller.ts";
import { initialTitle, launchedFields } from "./launched-fields.ts";

/** What is still to be asked of the platform once the person has been answered. */
export type FollowUp = {
  registrationId: string;
  courseId: string;
  /** A column of this link that is not recorded yet. */
  lineItemUrl?: string;
  /** A notification service that does not know us yet. */
  noticeService?: NoticeService;
};

export type LaunchRecord =
  | { kind: "deployment_pending" }
  | { kind: "outside_course" }
  | { kind: "course"; courseId: string; courseTitle: string; followUp?: FollowUp };

const TOUCH_PAUSE_MS = 60_000;

/**
 * Records what a verified launch announced: its deployment, its course, addresses and scopes.
 * A deployment that nobody approved gets no course.
 *
 * @throws LaunchRefused  the deployment was declined
 */
export async function recordLaunch(
  caller: Caller,
  registration: Registration,
  message: LaunchMessage,
): Promise<LaunchRecord> {
  const registrationId = registration.id;
  return transaction(caller.db, async (tx) => {
    const deployment = await recordDeployment(caller, tx, registrationId, message.deploymentId);
    await touchLaunched(tx, { registrationId, deploymentId: deployment.id }, caller.now());
    if (deployment.state === "pending") return { kind: "deployment_pending" };
    const { context, endpoints } = message;
    if (!context) return { kind: "outside_course" };
    const seen = { registrationId, deploymentId: deployment.id, context, endpoints };
    const { course } = await recordCourse(caller, tx, { ...seen, source: "launch" });
    const lineItemUrl = endpoints.grades?.lineItemUrl;
    const isNewItem =
      lineItemUrl !== undefined && (await findLineItemByUrl(tx, course.id, lineItemUrl)) === null;
    const noticeService = wantedNotices(message, course.noticeServiceUrl);
    const followUp =
      isNewItem || noticeService
        ? {
            registrationId,
            courseId: course.id,
            ...(isNewItem && { lineItemUrl }),
            ...(noticeService && { noticeService }),
          }
        : undefined;
    return { kind: "course", courseId: course.id, courseTitle: course.title, followUp };
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
    await audit(tx, caller.actor, {
      action: "deployment.announce",
      object: "registration",
      objectId: registrationId,
      detail: { deploymentId: platformId },
    });
  }
  return deployment;
}

type SeenCourse = {
  registrationId: string;
  /** Our own ID of the deployment. */
  deploymentId: string;
  context: LaunchContext;
  endpoints: LaunchMessage["endpoints"];
  source: ChangeSource;
};

/** The course of a context as it now is, with what changed since the last time. */
export async function recordCourse(caller: Caller, tx: Db, seen: SeenCourse) {
  const { registrationId, deploymentId, context, source } = seen;
  const title = initialTitle(context);
  const made = { registrationId, deploymentId, contextId: context.contextId, title };
  const { course: before, isNew } = await lockLaunchedCourse(tx, made);
  const fields = launchedFields(before, seen);
  const changes = changesBetween(isNew ? {} : before, withoutEmpty(isNew, fields));
  const hasChanged = isNew || Object.keys(changes).length > 0;
  const now = caller.now();
  const isTouched = (before.lastLaunchAt?.getTime() ?? 0) > now.getTime() - TOUCH_PAUSE_MS;
  const lastLaunchAt = source === "launch" ? now : before.lastLaunchAt;
  if (hasChanged || !isTouched)
    await updateLaunchedCourse(tx, before.id, { ...fields, lastLaunchAt });
  if (hasChanged) await insertCourseChange(tx, { courseId: before.id, source, changes });
  if (hasChanged || !isTouched) await notify(tx, { courseId: before.id, registrationId });
  return { course: { ...before, ...fields }, isNew };
}

/** A new course's empty fields are no news. */
function withoutEmpty(isNew: boolean, fields: object): object {
  if (!isNew) return fields;
  const told = Object.entries(fields).filter(([, value]) => {
    return value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
  });
  return Object.fromEntries(told);
}

function wantedNotices(
  { noticeService }: LaunchMessage,
  subscribedUrl: string | null,
): NoticeService | undefined {
  const offersCopies = noticeService?.noticeTypes.includes(CONTEXT_COPY_NOTICE);
  return offersCopies && noticeService?.url !== subscribedUrl ? noticeService : undefined;
}
