import * as holds from "#lib/operations/holds/holds.ts";
import { allowLargerDrops, holdLargerDrops } from "#lib/operations/courses/larger-drops.ts";
import { restoreMember } from "#lib/operations/rosters/members.ts";
import { restoreRemovals } from "#lib/operations/rosters/removals.ts";
import * as previews from "#lib/operations/rosters/previews.ts";
import { listCourseRosterChanges, listRunRosterChanges } from "#lib/operations/rosters/changes.ts";
import { listGroups } from "#lib/operations/groups/groups.ts";
import { GroupList } from "#lib/operations/groups/schema.ts";
import { PageQuery } from "#lib/operations/fields.ts";
import { MemberView } from "#lib/operations/courses/schema.ts";
import {
  HeldMemberPage,
  HoldDecided,
  HoldFilter,
  HoldPage,
  HoldRestored,
  HoldView,
  LargerDrops,
} from "#lib/operations/holds/schema.ts";
import {
  CourseRosterChangeFilter,
  PreviewApply,
  PreviewView,
  RemovalsRestored,
  RosterChangePage,
  RunRosterChangeFilter,
} from "#lib/operations/rosters/schema.ts";
import { RunStarted } from "#lib/operations/runs/schema.ts";
import { defineRoute } from "../../route.ts";

const tag = "Rosters";
const location = ({ run }: { run: { id: string } }) => `/runs/${run.id}`;

const holdRoutes = [
  defineRoute("GET", "/courses/{courseId}/groups", {
    id: "listGroups",
    tag,
    summary: "List a course's groups, by set and name",
    description:
      "As the last sync of the roster read them from the Course Groups Service; empty where the platform offers none. Who is in which stands in `groupIds` of the members, which `groupId` filters by.",
    result: GroupList,
    operate: listGroups,
  }),
  defineRoute("GET", "/holds", {
    id: "listHolds",
    tag,
    summary: "List held removals, newest first",
    description: "Those that are open, when no state is asked for.",
    query: HoldFilter,
    result: HoldPage,
    operate: holds.listHolds,
  }),
  defineRoute("GET", "/holds/{holdId}", {
    id: "getHold",
    tag,
    summary: "Read a hold",
    result: HoldView,
    operate: holds.getHold,
  }),
  defineRoute("GET", "/holds/{holdId}/members", {
    id: "listHeldMembers",
    tag,
    summary: "List the people whose removal was held",
    query: PageQuery,
    result: HeldMemberPage,
    operate: holds.listHeldMembers,
  }),
  defineRoute("POST", "/holds/{holdId}/approve", {
    id: "approveHold",
    tag,
    summary: "Remove the people of a hold who are still absent",
    description:
      "The roster is read once more before: whom it lists again is not removed, and counted as `stayed`. Where it cannot be read to its end, nobody is removed.",
    result: HoldDecided,
    operate: holds.approveHold,
  }),
  defineRoute("POST", "/holds/{holdId}/discard", {
    id: "discardHold",
    tag,
    summary: "Keep the people of a hold",
    description: "A later whole roster that does not list them decides again.",
    result: HoldDecided,
    operate: holds.discardHold,
  }),
  defineRoute("POST", "/holds/{holdId}/restore", {
    id: "restoreHold",
    tag,
    summary: "Take back everybody whom the approval of a hold removed",
    description: "Those who came back and were removed again are left alone.",
    result: HoldRestored,
    operate: holds.restoreHold,
  }),
  defineRoute("POST", "/holds/{holdId}/check-again", {
    id: "checkHoldAgain",
    tag,
    summary: "Read the course's roster again",
    description: "What it finds takes the place of the hold.",
    status: 202,
    result: RunStarted,
    location,
    operate: holds.checkHoldAgain,
  }),
];

const previewRoutes = [
  defineRoute("GET", "/runs/{runId}/preview", {
    id: "getPreview",
    tag,
    summary: "Read what a preview found and what became of it",
    description: "Start one with `isPreview` at `POST /runs`.",
    result: PreviewView,
    operate: previews.getPreview,
  }),
  defineRoute("POST", "/runs/{runId}/preview/apply", {
    id: "applyPreview",
    tag,
    summary: "Apply exactly what a preview found",
    description:
      "The platform is not asked again. Refused with 409 when the stored roster changed since.",
    body: PreviewApply,
    example: { withoutRemovals: false },
    status: 202,
    result: RunStarted,
    location,
    operate: previews.applyPreview,
  }),
  defineRoute("POST", "/runs/{runId}/preview/discard", {
    id: "discardPreview",
    tag,
    summary: "Discard a preview",
    result: PreviewView,
    operate: previews.discardPreview,
  }),
];

/** Holds, previews, and what changed in rosters. */
export const rosterRoutes = [
  ...holdRoutes,
  ...previewRoutes,
  defineRoute("POST", "/runs/{runId}/restore-removals", {
    id: "restoreRemovals",
    tag,
    summary: "Take back everybody whom a run removed",
    description:
      "Removed at once, by an applied preview, or by the approval of its holds. Those who came back and were removed again are left alone.",
    result: RemovalsRestored,
    operate: restoreRemovals,
  }),
  defineRoute("GET", "/runs/{runId}/roster-changes", {
    id: "listRunRosterChanges",
    tag,
    summary: "List what a run found to be different, field by field",
    description: "New members of a first roster are counted, not listed.",
    query: RunRosterChangeFilter,
    result: RosterChangePage,
    operate: listRunRosterChanges,
  }),
  defineRoute("GET", "/courses/{courseId}/roster-changes", {
    id: "listCourseRosterChanges",
    tag,
    summary: "List what syncs changed in a course's roster, newest first",
    query: CourseRosterChangeFilter,
    result: RosterChangePage,
    operate: listCourseRosterChanges,
  }),
  defineRoute("POST", "/courses/{courseId}/members/{userId}/restore", {
    id: "restoreMember",
    tag,
    summary: "Take a removed member back",
    description: "A later whole roster that does not list the person removes them again.",
    result: MemberView,
    operate: restoreMember,
  }),
  defineRoute("POST", "/courses/{courseId}/larger-drops", {
    id: "allowLargerDrops",
    tag,
    summary: "Apply larger removals in a course for two hours",
    result: LargerDrops,
    operate: allowLargerDrops,
  }),
  defineRoute("DELETE", "/courses/{courseId}/larger-drops", {
    id: "holdLargerDrops",
    tag,
    summary: "Hold larger removals again",
    result: LargerDrops,
    operate: holdLargerDrops,
  }),
];
