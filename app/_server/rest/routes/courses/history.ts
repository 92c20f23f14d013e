import { getCourseHistory, getRegistrationHistory } from "#lib/operations/history/history.ts";
import { CourseHistory, RegistrationHistory } from "#lib/operations/history/schema.ts";
import { defineRoute } from "../../route.ts";

export const historyRoutes = [
  defineRoute("GET", "/registrations/{registrationId}/history", {
    id: "getRegistrationHistory",
    tag: "Registrations",
    summary: "Read what happened at a registration on each of the last thirty days",
    description:
      "Members and scores are those of runs that ended; how the platform answered is counted by runs, about every ten seconds.",
    result: RegistrationHistory,
    operate: getRegistrationHistory,
  }),
  defineRoute("GET", "/courses/{courseId}/history", {
    id: "getCourseHistory",
    tag: "Courses",
    summary: "Read a course's roster syncs and its scores by day, over thirty days",
    result: CourseHistory,
    operate: getCourseHistory,
  }),
];
