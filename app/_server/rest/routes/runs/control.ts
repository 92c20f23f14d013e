import { resolveConflicts } from "#lib/operations/scores/conflicts.ts";
import { getCourseSettings, updateCourseSettings } from "#lib/operations/courses/settings.ts";
import * as pauses from "#lib/operations/system/pauses.ts";
import { endPlatformCooldown } from "#lib/operations/tokens/platform-cooldown.ts";
import {
  CourseSettingsPatch,
  CourseSettingsView,
  CourseView,
} from "#lib/operations/courses/schema.ts";
import { ConflictResolution, ConflictsResolved } from "#lib/operations/scores/schema.ts";
import { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { SystemView } from "#lib/operations/system/schema.ts";
import { defineRoute } from "../../route.ts";

const PAUSED =
  "What runs stops at its next checkpoint and goes on there at resume. Scores are still accepted.";

const pauseRoutes = [
  defineRoute("POST", "/courses/{courseId}/pause", {
    id: "pauseCourse",
    tag: "Courses",
    summary: "Pause a course's syncs",
    description: PAUSED,
    result: CourseView,
    operate: pauses.pauseCourse,
  }),
  defineRoute("POST", "/courses/{courseId}/resume", {
    id: "resumeCourse",
    tag: "Courses",
    summary: "Resume a course's syncs",
    result: CourseView,
    operate: pauses.resumeCourse,
  }),
  defineRoute("POST", "/registrations/{registrationId}/pause", {
    id: "pauseRegistration",
    tag: "Registrations",
    summary: "Pause the syncs of all courses of a registration",
    description: PAUSED,
    result: RegistrationView,
    operate: pauses.pauseRegistration,
  }),
  defineRoute("POST", "/registrations/{registrationId}/resume", {
    id: "resumeRegistration",
    tag: "Registrations",
    summary: "Resume the syncs of a registration",
    description: "Courses that were paused by themselves stay paused.",
    result: RegistrationView,
    operate: pauses.resumeRegistration,
  }),
  defineRoute("POST", "/system/pause", {
    id: "pauseEverything",
    tag: "Installation",
    summary: "Pause all syncs",
    description: PAUSED,
    result: SystemView,
    operate: (caller) => pauses.pauseEverything(caller),
  }),
  defineRoute("POST", "/system/resume", {
    id: "resumeEverything",
    tag: "Installation",
    summary: "Resume all syncs",
    description: "Registrations and courses that were paused by themselves stay paused.",
    result: SystemView,
    operate: (caller) => pauses.resumeEverything(caller),
  }),
];

/** What stops, starts and decides, beside the runs themselves. */
export const controlRoutes = [
  ...pauseRoutes,
  defineRoute("POST", "/registrations/{registrationId}/try-now", {
    id: "endPlatformCooldown",
    tag: "Registrations",
    summary: "Try a platform that is left alone again now",
    description: "While it does not answer, one call finds out whether it is back.",
    result: RegistrationView,
    operate: endPlatformCooldown,
  }),
  defineRoute("PUT", "/courses/{courseId}/settings", {
    id: "updateCourseSettings",
    tag: "Courses",
    summary: "Change how a course's scores are sent",
    body: CourseSettingsPatch,
    example: { sendPolicy: "as_they_come", conflictPolicy: "ask", verifyAfterSend: "always" },
    result: CourseView,
    version: ({ settingsVersion }) => settingsVersion,
    operate: updateCourseSettings,
  }),
  defineRoute("PATCH", "/courses/{courseId}/settings", {
    id: "patchCourseSettings",
    tag: "Courses",
    summary: "Change some of how a course's scores are sent",
    body: CourseSettingsPatch,
    example: { conflictPolicy: "ask" },
    result: CourseView,
    version: ({ settingsVersion }) => settingsVersion,
    operate: updateCourseSettings,
  }),
  defineRoute("GET", "/courses/{courseId}/settings", {
    id: "getCourseSettings",
    tag: "Courses",
    summary: "Read how a course's scores are sent",
    result: CourseSettingsView,
    version: ({ version }) => version,
    operate: getCourseSettings,
  }),
  defineRoute("POST", "/courses/{courseId}/conflicts/resolve", {
    id: "resolveConflicts",
    tag: "Grades",
    summary: "Decide about scores that somebody changed on the platform",
    body: ConflictResolution,
    example: {
      scoreIds: ["01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11"],
      resolution: "overwrite",
      send: true,
    },
    result: ConflictsResolved,
    operate: resolveConflicts,
  }),
];
