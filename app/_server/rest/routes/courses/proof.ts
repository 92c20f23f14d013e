import { decideDifferences, getCourseProof, listDifferences } from "#lib/operations/proof/proof.ts";
import {
  CourseProof,
  DifferenceFilter,
  DifferencePage,
  ProofDecided,
  ProofDecision,
} from "#lib/operations/proof/schema.ts";
import { defineRoute } from "../../route.ts";

const tag = "Grades";

export const proofRoutes = [
  defineRoute("GET", "/courses/{courseId}/proof", {
    id: "getCourseProof",
    tag,
    summary: "Read how many of a course's scores the platform was seen to hold",
    result: CourseProof,
    operate: getCourseProof,
  }),
  defineRoute("GET", "/courses/{courseId}/differences", {
    id: "listDifferences",
    tag,
    summary: "List what the platform holds otherwise than we say, by line item and person",
    description: "As the last verification saw it; start one with `POST /runs`.",
    query: DifferenceFilter,
    result: DifferencePage,
    operate: listDifferences,
  }),
  defineRoute("POST", "/courses/{courseId}/differences/decisions", {
    id: "decideDifferences",
    tag,
    summary: "Decide about differences: send ours, take the platform's, or leave them",
    body: ProofDecision,
    example: { act: "send", matching: { finding: "missing" } },
    result: ProofDecided,
    operate: decideDifferences,
  }),
];
