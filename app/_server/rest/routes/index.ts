import type { Route } from "../route.ts";
import { exportsOf } from "../exports.ts";
import { alertRoutes } from "./installation/alerts.ts";
import { bulkRoutes } from "./runs/bulk.ts";
import { connectionTestRoutes } from "./registrations/connection-tests.ts";
import { controlRoutes } from "./runs/control.ts";
import { courseRoutes } from "./courses/courses.ts";
import { deliveryRoutes } from "./installation/delivery.ts";
import { gradeRoutes } from "./courses/grades.ts";
import { proofRoutes } from "./courses/proof.ts";
import { historyRoutes } from "./courses/history.ts";
import { installationRoutes } from "./installation/installation.ts";
import { launchRoutes } from "./registrations/launches.ts";
import { privacyRoutes } from "./installation/privacy.ts";
import { registrationDraftRoutes } from "./registrations/drafts.ts";
import { registrationKeyRoutes } from "./registrations/keys.ts";
import { registrationRoutes } from "./registrations/registrations.ts";
import { rosterRoutes } from "./courses/rosters.ts";
import { runRoutes } from "./runs/runs.ts";
import { savedViewRoutes } from "./installation/saved-views.ts";
import { scheduleRoutes } from "./runs/schedules.ts";
import { searchRoutes } from "./installation/search.ts";
import { signInRoutes } from "./installation/sign-in.ts";
import { tokenRoutes } from "./registrations/tokens.ts";

/** The table itself, each line with the types of its path. */
export const TABLE = [
  ...registrationRoutes,
  ...registrationKeyRoutes,
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
  ...alertRoutes,
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
