import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import { insertCourseChange } from "#lib/db/courses/changes.ts";
import { updateLaunchedCourse } from "#lib/db/launches/launched-courses.ts";
import { upsertLineItems } from "#lib/db/line-items/line-items.ts";
import { isCodedError, type CodedError } from "#lib/errors.ts";
import { CONTEXT_COPY_NOTICE, getLineItem, putNoticeHandler, SCOPE } from "#lib/lti/index.ts";
import type { Asker, Caller } from "#lib/operations/caller.ts";
import { permit } from "#lib/operations/permit.ts";
import { requiredCourse } from "#lib/operations/courses/courses.ts";
import type { LinkedColumn } from "../deep-linking/column-custom.ts";
import type { FollowUp } from "./record-launch.ts";

/**
 * Asks the platform for what a launch only hinted at. What fails is tried again at the next
 * launch, so nothing is thrown; the problems are returned for the log.
 */
export async function followUpLaunch(asker: Asker, followUp: FollowUp): Promise<CodedError[]> {
  const caller = await permit(asker, "launch", "everywhere");
  const { courseId, lineItemUrl, column, noticeService } = followUp;
  const steps = [
    lineItemUrl && (() => recordLineItem(caller, courseId, lineItemUrl, column)),
    noticeService && (() => subscribe(caller, followUp, noticeService)),
  ];
  const problems: CodedError[] = [];
  for (const step of steps) {
    try {
      if (step) await step();
    } catch (error) {
      if (!isCodedError(error)) throw error;
      problems.push(error);
    }
  }
  return problems;
}

/** The column of the launched link; the launch names its address, the platform everything else. */
async function recordLineItem(
  caller: Caller,
  courseId: string,
  lineItemUrl: string,
  column: LinkedColumn | undefined,
) {
  const course = await requiredCourse(caller.db, courseId);
  const readable = [SCOPE.lineItemReadonly, SCOPE.lineItem];
  const scope = readable.find((each) => course.scopes.includes(each));
  if (!scope) return;
  const endpoints = { grades: { lineItemUrl, scopes: [scope] } };
  const connection = await caller.engine.connect(course.registrationId, endpoints);
  const lineItem = await connection.call((client) => getLineItem(client));
  if (!(lineItem.scoreMaximum > 0)) return;
  await transaction(caller.db, async (tx) => {
    // A platform that keeps a resource ID of its own is believed.
    const known = lineItem.resourceId === undefined ? column : undefined;
    const fields = { ...lineItem, ...known, url: lineItemUrl };
    const { added } = await upsertLineItems(tx, courseId, [fields]);
    if (added === 0) return;
    const changes = { lineItem: { from: null, to: lineItem.label || lineItemUrl } };
    await insertCourseChange(tx, { courseId, source: "launch", changes });
    await notify(tx, { courseId, registrationId: course.registrationId });
  });
}

async function subscribe(
  caller: Caller,
  { courseId, registrationId }: FollowUp,
  { url, scopes }: NonNullable<FollowUp["noticeService"]>,
) {
  const connection = await caller.engine.connect(registrationId, { notices: { url, scopes } });
  const handler = `${caller.settings.publicUrl}/lti/notices`;
  await connection.call((client) =>
    putNoticeHandler(client, { noticeType: CONTEXT_COPY_NOTICE, handler }),
  );
  await transaction(caller.db, async (tx) => {
    await updateLaunchedCourse(tx, courseId, { noticeServiceUrl: url });
    const changes = { noticeServiceUrl: { from: null, to: url } };
    await insertCourseChange(tx, { courseId, source: "launch", changes });
    await notify(tx, { courseId, registrationId });
  });
}
