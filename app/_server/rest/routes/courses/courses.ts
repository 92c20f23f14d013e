import type { z } from "zod";
import * as courses from "#lib/operations/courses/courses.ts";
import { listMembers } from "#lib/operations/rosters/members.ts";
import {
  type CourseChange,
  CourseFilter,
  CourseInput,
  CoursePage,
  CoursePatch,
  CourseView,
  MemberFilter,
  MemberPage,
} from "#lib/operations/courses/schema.ts";
import { defineRoute } from "../../route.ts";

const tag = "Courses";
const result = CourseView;
const version = (course: CourseView) => course.version;

const BIOLOGY: z.input<typeof CourseChange> = {
  deploymentId: "8865:b98c",
  contextId: "4dde05e8ca1973bcca9bffc13e1548820eee93a3",
  title: "Introduction to Biology",
  label: "BIO 101",
  membershipsUrl: "https://lms.example.edu/api/lti/courses/1017/names_and_roles",
  lineItemsUrl: "https://lms.example.edu/api/lti/courses/1017/line_items",
  scopes: [
    "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
    "https://purl.imsglobal.org/spec/lti-ags/scope/score",
  ],
};

const KEEPS = "A field that is left out keeps its value; null or an empty list clears it.";

export const courseRoutes = [
  defineRoute("GET", "/courses", {
    id: "listCourses",
    tag,
    summary: "List courses, by title",
    query: CourseFilter,
    result: CoursePage,
    operate: courses.listCourses,
  }),
  defineRoute("POST", "/courses", {
    id: "createCourse",
    tag,
    summary: "Add a course to a registration",
    body: CourseInput,
    example: { registrationId: "01939f2e-7b5a-7c4e-9a55-0d0f9d1a8a11", ...BIOLOGY },
    status: 201,
    result,
    version,
    location: ({ id }) => `/courses/${id}`,
    operate: courses.createCourse,
  }),
  defineRoute("GET", "/courses/{courseId}", {
    id: "getCourse",
    tag,
    summary: "Read a course",
    result,
    version,
    operate: courses.getCourse,
  }),
  defineRoute("PUT", "/courses/{courseId}", {
    id: "updateCourse",
    tag,
    summary: "Change a course",
    description: KEEPS,
    body: CoursePatch,
    example: BIOLOGY,
    result,
    version,
    operate: courses.updateCourse,
  }),
  defineRoute("PATCH", "/courses/{courseId}", {
    id: "patchCourse",
    tag,
    summary: "Change some fields of a course",
    description: KEEPS,
    body: CoursePatch,
    example: { title: "Introduction to Biology" },
    result,
    version,
    operate: courses.updateCourse,
  }),
  defineRoute("POST", "/courses/{courseId}/archive", {
    id: "archiveCourse",
    tag,
    summary: "Archive a course",
    description: "It is not synced while it is archived; nothing is deleted.",
    result,
    operate: courses.archiveCourse,
  }),
  defineRoute("POST", "/courses/{courseId}/restore", {
    id: "restoreCourse",
    tag,
    summary: "Restore an archived course",
    result,
    operate: courses.restoreCourse,
  }),
  defineRoute("GET", "/courses/{courseId}/members", {
    id: "listMembers",
    tag,
    summary: "List a course's members: by name, or by user ID where they are more than 20,000",
    query: MemberFilter,
    result: MemberPage,
    operate: listMembers,
  }),
];
