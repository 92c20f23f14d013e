import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { insertCourseChange } from "#lib/db/courses/changes.ts";
import type { Course, Deployment, Registration } from "#lib/db/generated/client.ts";
import { registrationsOfIssuer } from "#lib/db/launches/launches.ts";
import { coursesOfContexts } from "#lib/db/launches/launched-courses.ts";
import * as stored from "#lib/db/launches/notices.ts";
import {
  CONTEXT_COPY_NOTICE,
  LaunchRefused,
  noticeTokens,
  parseNotice,
  peekRecipients,
  verifyPlatformToken,
  type PlatformNotice,
} from "#lib/lti/index.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { checkRegistrationState } from "./login.ts";
import { recordCourse } from "./record/record-launch.ts";

/** Courses whose columns are to be read from the platform, because they are copies. */
export type NoticesReceived = { received: number; repeated: number; copiedCourseIds: string[] };

/**
 * Takes in what a platform posted: every notice is verified before the first is acted on, and
 * each is acted on once.
 *
 * @throws LaunchRefused  a notice does not pass; none was acted on
 * @see Platform Notification Service 1.0 §3.5
 */
export async function receiveNotices(asker: Asker, body: unknown): Promise<NoticesReceived> {
  const caller = await permit(asker, "launch", "everywhere");
  const verified: Verified[] = [];
  for (const jwt of noticeTokens(body)) verified.push(await verifiedNotice(caller, jwt));
  const received = { received: verified.length, repeated: 0, copiedCourseIds: [] as string[] };
  for (const each of verified) {
    const handled = await handleOnce(caller, each);
    if (handled === "repeated") received.repeated += 1;
    else if (handled !== null) received.copiedCourseIds.push(handled);
  }
  return received;
}

type Verified = { registration: Registration; deployment: Deployment; notice: PlatformNotice };

async function verifiedNotice(caller: Caller, jwt: string): Promise<Verified> {
  const registration = await recipient(caller, jwt);
  const { issuer, clientId, jwksUrl } = registration;
  const rules = { keys: caller.engine.platformKeys, now: caller.now() };
  const claims = await verifyPlatformToken(jwt, { issuer, clientId, jwksUrl }, rules);
  const notice = parseNotice(claims, caller.settings.allowPrivateNetwork);
  const deployment = await stored.approvedDeployment(
    caller.db,
    registration.id,
    notice.deploymentId,
  );
  if (!deployment) {
    throw new LaunchRefused("deployment_id", "the notice's deployment is not an approved one");
  }
  return { registration, deployment, notice };
}

async function recipient(caller: Caller, jwt: string): Promise<Registration> {
  const { issuer, clientIds } = peekRecipients(jwt);
  for (const clientId of clientIds) {
    const [registration] = await registrationsOfIssuer(caller.db, issuer, clientId);
    if (!registration) continue;
    checkRegistrationState(registration);
    return registration;
  }
  throw new LaunchRefused("registration", "no registration has this issuer and client ID");
}

/** The copied course that is to be read, null where nothing is, or that the notice came before. */
async function handleOnce(
  caller: Caller,
  { registration, deployment, notice }: Verified,
): Promise<string | "repeated" | null> {
  const { noticeId: jti, type, context, originContextIds, deploymentId } = notice;
  return transaction(caller.db, async (tx) => {
    const payload = { deploymentId, contextId: context?.contextId ?? null, originContextIds };
    const fresh = await stored.insertNotice(tx, {
      registrationId: registration.id,
      jti,
      type,
      payload,
    });
    if (!fresh) return "repeated";
    const copy =
      type === CONTEXT_COPY_NOTICE
        ? await recordCopy(caller, tx, { registration, deployment, notice })
        : null;
    await stored.recordNoticeOutcome(tx, fresh.id, copy?.outcome ?? "nothing to do", caller.now());
    return copy?.courseId ?? null;
  });
}

/** A copy gets a course of its own; the columns of its origin stay the origin's. */
async function recordCopy(
  caller: Caller,
  tx: Db,
  { registration, deployment, notice }: Verified,
): Promise<{ outcome: string; courseId?: string }> {
  const { context, originContextIds, endpoints } = notice;
  if (!context) return { outcome: "the notice names no context" };
  const origins = await coursesOfContexts(tx, deployment.id, originContextIds);
  if (origins.length === 0) return { outcome: "no course here is its origin" };
  const source = "notice" as const;
  const seen = { registration, deploymentId: deployment.id, context, endpoints, source };
  const { course } = await recordCourse(caller, tx, seen);
  await noteCopy(tx, course, origins);
  return { outcome: `a copy of ${titlesOf(origins).join(", ")}`, courseId: course.id };
}

async function noteCopy(tx: Db, copy: Course, origins: Course[]): Promise<void> {
  const copiedFrom = { from: null, to: titlesOf(origins) };
  await insertCourseChange(tx, { courseId: copy.id, source: "notice", changes: { copiedFrom } });
  for (const origin of origins) {
    const changes = { copiedTo: { from: null, to: copy.title } };
    await insertCourseChange(tx, { courseId: origin.id, source: "notice", changes });
    await notify(tx, { courseId: origin.id, registrationId: origin.registrationId });
  }
}

function titlesOf(courses: readonly Course[]): string[] {
  return courses.map(({ title }) => title);
}
