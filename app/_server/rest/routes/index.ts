import type { Route } from "../route.ts";
import { exportsOf } from "../exports.ts";
import { bulkRoutes } from "./bulk.ts";
import { connectionTestRoutes } from "./connection-tests.ts";
import { controlRoutes } from "./control.ts";
import { courseRoutes } from "./courses.ts";
import { deliveryRoutes } from "./delivery.ts";
import { gradeRoutes } from "./grades.ts";
import { proofRoutes } from "./proof.ts";
import { historyRoutes } from "./history.ts";
import { installationRoutes } from "./installation.ts";
import { launchRoutes } from "./launches.ts";
import { privacyRoutes } from "./privacy.ts";
import { registrationDraftRoutes } from "./registration-drafts.ts";
import { registrationRoutes } from "./registrations.ts";
import { rosterRoutes } from "./rosters.ts";
import { runRoutes } from "./runs.ts";
import { savedViewRoutes } from "./saved-views.ts";
import { scheduleRoutes } from "./schedules.ts";
import { searchRoutes } from "./search.ts";
import { signInRoutes } from "./sign-in.ts";
import { tokenRoutes } from "./tokens.ts";

/** The table itself, each line with the types of its path. */
export const TABLE = [
  ...registrationRoutes,
  ...registrationDraftRoutes,
  ...connectionTestRoutes,
  ...courseRoutes,
  ...rosterRoutes,
  ...gradeRoutes,
  ...proofRoutes,
  ...historyRoutes,
  ...controlRoutes,
  ...runRoutes,
  ...bulkRoutes,
  ...scheduleRoutes,
  ...deliveryRoutes,
  ...tokenRoutes,
  ...launchRoutes,
  ...searchRoutes,
  ...savedViewRoutes,
  ...installationRoutes,
  ...signInRoutes,
  ...privacyRoutes,
];

/** Everything below /api/v1, in the order of its document; every list also as an export. */
export const ROUTES: readonly Route[] = [...TABLE, ...exportsOf(TABLE)];
