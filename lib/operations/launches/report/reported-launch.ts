import type { Registration } from "#lib/db/generated/client.ts";
import { findLineItemByUrl } from "#lib/db/line-items/line-items.ts";
import {
  LaunchRefused,
  parseLaunchMessage,
  verifyPlatformToken,
  type LaunchMessage,
} from "#lib/lti/index.ts";
import type { Asker, Caller } from "#lib/operations/caller.ts";
import { permit } from "#lib/operations/permit.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { NotFound } from "#lib/operations/errors.ts";
import { Id } from "#lib/operations/fields.ts";
import { getLineItem } from "#lib/operations/line-items/line-items.ts";
import { validated } from "#lib/operations/validated.ts";
import { followUpLaunch } from "../record/follow-up.ts";
import { checkRegistrationState } from "../login.ts";
import { recordLaunch } from "../record/record-launch.ts";
import { type ContextRecorded, LaunchReport } from "../schema.ts";

const NOTHING = { course: null, isNew: false, isOutdated: false, changes: {}, lineItem: null };

/**
 * Records a launch that another tool with the same client ID received: its course, addresses,
 * scopes and column. The token is checked as in a launch of our own, but for state and nonce,
 * which only the tool that began the login knows; so one that comes again, or late, must change
 * nothing, and does not.
 *
 * @throws LaunchRefused  names the check that failed
 * @throws LtiError       the platform's key set cannot be read
 * @see Security Framework 1.0 §5.1.3
 */
export async function reportLaunch(
  asker: Asker,
  { registrationId, ...input }: { registrationId: string } & LaunchReport,
): Promise<ContextRecorded> {
  const caller = await permit(asker, "registrations:write", { registrationId });
  const { idToken, maxAgeSeconds } = validated(LaunchReport, input);
  const registration = await requiredRegistration(caller, registrationId);
  checkRegistrationState(registration);
  const { message, at } = await verified(caller, registration, { idToken, maxAgeSeconds });
  const record = await recordLaunch(caller, registration, message, at);
  const problems: ContextRecorded["problems"] = [];
  if (record.kind === "deployment_pending") {
    return { ...NOTHING, deploymentState: "pending", problems };
  }
  if (record.kind === "outside_course")
    return { ...NOTHING, deploymentState: "approved", problems };
  const { courseId, isNew, isOutdated, changes } = record;
  const lineItemUrl = message.endpoints.grades?.lineItemUrl;
  if (record.followUp?.lineItemUrl && !isOutdated) {
    // Notices are not subscribed to: the tool may have a handler of its own, and there is one.
    const failed = await followUpLaunch(caller, { ...record.followUp, noticeService: undefined });
    problems.push(...failed.map(({ code, message }) => ({ code, message })));
  }
  const lineItem = lineItemUrl ? await findLineItemByUrl(caller.db, courseId, lineItemUrl) : null;
  return {
    deploymentState: "approved",
    course: await getCourse(caller, { courseId }),
    isNew,
    isOutdated,
    changes: changes as ContextRecorded["changes"],
    lineItem: lineItem && (await getLineItem(caller, { lineItemId: lineItem.id })),
    problems,
  };
}

async function verified(
  caller: Caller,
  { issuer, clientId, jwksUrl }: Registration,
  { idToken, maxAgeSeconds }: LaunchReport,
): Promise<{ message: LaunchMessage; at: Date }> {
  const now = caller.now();
  const rules = { keys: caller.engine.platformKeys, now, reportedWithinS: maxAgeSeconds };
  const claims = await verifyPlatformToken(idToken, { issuer, clientId, jwksUrl }, rules);
  const message = parseLaunchMessage(claims, { allowHttp: caller.settings.allowPrivateNetwork });
  const { iat } = claims;
  if (typeof iat !== "number") throw new LaunchRefused("iat", "the token has no time of issue");
  return { message, at: new Date(Math.min(iat * 1_000, now.getTime())) };
}

async function requiredRegistration(caller: Caller, registrationId: string): Promise<Registration> {
  const id = Id.safeParse(registrationId).data;
  const found = id ? await caller.db.prisma.registration.findUnique({ where: { id } }) : null;
  if (!found) throw new NotFound("registration", registrationId);
  return found;
}
