import { expect, test } from "vitest";
import { roleUri, standingOf, type Standing } from "#lib/lti/index.ts";

const CONTEXT = "http://purl.imsglobal.org/vocab/lis/v2/membership";

/** What platforms send in rosters and launches. */
const CASES: [string, string[], string[], Standing][] = [
  ["a sub-role (Brightspace)", [`${CONTEXT}/Instructor#TeachingAssistant`], [], "assistant"],
  [
    "a sub-role beside its principal role (Canvas)",
    [`${CONTEXT}#Instructor`, `${CONTEXT}/Instructor#TeachingAssistant`],
    [],
    "assistant",
  ],
  [
    "a sub-role of the sub-role",
    [`${CONTEXT}/Instructor#TeachingAssistantSection`],
    [],
    "assistant",
  ],
  ["a context role of its own", [`${CONTEXT}#TeachingAssistant`], [], "assistant"],
  ["the short form", ["Instructor#TeachingAssistant"], [], "assistant"],
  ["LTI 1.1", ["urn:lti:role:ims/lis/TeachingAssistant"], [], "assistant"],
  [
    "a section of LTI 1.1",
    ["urn:lti:role:ims/lis/TeachingAssistant/TeachingAssistantSection"],
    [],
    "assistant",
  ],
  ["an enrolment of Canvas", [`${CONTEXT}#Instructor`, "TaEnrollment"], [], "assistant"],
  ["another case", [`${CONTEXT}/instructor#teachingassistant`], [], "assistant"],
  [
    "Learner in the roster and Instructor at launch (Moodle)",
    [`${CONTEXT}#Learner`],
    [`${CONTEXT}#Instructor`],
    "assistant",
  ],
  [
    "a sub-role at launch alone",
    ["Learner"],
    [`${CONTEXT}/Instructor#TeachingAssistant`],
    "assistant",
  ],
  ["an instructor", [`${CONTEXT}#Instructor`], [`${CONTEXT}#Instructor`], "instructor"],
  ["a grader", [`${CONTEXT}/Instructor#Grader`], [], "instructor"],
  ["a learner", [`${CONTEXT}#Learner`], [`${CONTEXT}#Learner`], "learner"],
  [
    "a learner who teaches elsewhere",
    ["Learner"],
    ["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor"],
    "learner",
  ],
  ["a mentor", [`${CONTEXT}#Mentor`], [], "other"],
];

test.each(CASES)("%s", (_words, roles, launchRoles, standing) => {
  expect(standingOf(roles.map(roleUri), launchRoles.map(roleUri))).toBe(standing);
});
