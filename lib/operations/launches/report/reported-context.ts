import { transaction, type Db } from "#lib/db/client.ts";
import { lockLaunchedCourse } from "#lib/db/launches/launched-courses.ts";
import { ensureDeployment } from "#lib/db/registrations/registrations.ts";
import { contextAddresses } from "#lib/lti/index.ts";
import type { Asker } from "#lib/operations/caller.ts";
import { permit } from "#lib/operations/permit.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { Conflict } from "#lib/operations/errors.ts";
import { CourseChange } from "#lib/operations/courses/schema.ts";
import { recordLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import { merged } from "#lib/operations/partial.ts";
import { checkPlatformAddresses } from "#lib/operations/registrations/platform-addresses.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { announceOrigins } from "#lib/operations/service-origins/named-origins.ts";
import { validated } from "#lib/operations/validated.ts";
import { saveSeen, type RecordedCourse } from "../record/record-launch.ts";
import { ContextFacts, type ContextRecorded } from "../schema.ts";

type ContextKey = Pick<CourseChange, "deploymentId" | "contextId">;
const ContextKey = CourseChange.pick({ deploymentId: true, contextId: true });

type Context = {
  registrationId: string;
  /** The platform's IDs of the two. */
  platformDeploymentId: string;
  contextId: string;
};

/**
 * Makes or changes the course of a context by what a tool knows of it. A deployment that is new
 * counts as approved: whoever may change courses says that it is one of the tool's.
 *
 * @throws Conflict  the registration is archived, or the deployment waits or was declined
 */
export async function recordContext(
  asker: Asker,
  { registrationId, platformDeploymentId, contextId, ...input }: Context & ContextFacts,
): Promise<ContextRecorded> {
  const caller = await permit(asker, "registrations:write", { registrationId });
  const { lineItem: column, ...facts } = validated(ContextFacts, input);
  const { id, archivedAt, tokenEndpoint } = await getRegistration(caller, { registrationId });
  const deploymentId = platformDeploymentId;
  const key = validated(ContextKey, { deploymentId, contextId });
  if (archivedAt) throw new Conflict("the registration is archived, restore it first");
  const named = contextAddresses(facts);
  checkPlatformAddresses(caller, named);
  const { courseId, ...recorded } = await transaction(caller.db, async (tx) => {
    const addresses = Object.values(named);
    await announceOrigins(caller, tx, { id, tokenEndpoint }, { addresses, source: "course" });
    return record(tx, { registrationId: id, ...key }, facts);
  });
  const lineItem = column ? await recordLineItem(caller, { courseId, ...column }) : null;
  return {
    deploymentState: "approved",
    course: await getCourse(caller, { courseId }),
    ...recorded,
    changes: recorded.changes as ContextRecorded["changes"],
    lineItem,
    problems: [],
  };
}

type Facts = Omit<ContextFacts, "lineItem">;

async function record(
  tx: Db,
  { registrationId, deploymentId: platformId, contextId }: ContextKey & { registrationId: string },
  facts: Facts,
): Promise<RecordedCourse> {
  const { id: deploymentId } = await ensureDeployment(tx, registrationId, platformId);
  const { state } = await tx.prisma.deployment.findUniqueOrThrow({ where: { id: deploymentId } });
  if (state !== "approved") {
    const reason = state === "pending" ? "waits for approval" : "was declined";
    throw new Conflict(`the deployment ${reason}`);
  }
  const title = facts.title ?? facts.label ?? contextId;
  const made = { registrationId, deploymentId, contextId, title };
  const { course: before, isNew } = await lockLaunchedCourse(tx, made);
  const { label, scopes, lastLaunchAt } = before;
  const old = { title: before.title, label, ...contextAddresses(before), scopes };
  const fields = merged(old, { ...facts, ...(facts.scopes && { scopes: sorted(facts.scopes) }) });
  const changes = await saveSeen(tx, { before, isNew, fields, source: "api", lastLaunchAt });
  return { courseId: before.id, isNew, isOutdated: false, changes };
}

/** As launches store them, so that another order is no change. */
function sorted(scopes: readonly string[]): string[] {
  return [...new Set(scopes)].sort();
}
