import type { z } from "zod";
import * as drafts from "#lib/operations/registrations/drafts.ts";
import {
  DraftFilter,
  DraftInput,
  DraftPage,
  DraftPatch,
  DraftView,
} from "#lib/operations/registrations/drafts-schema.ts";
import { defineRoute } from "../../route.ts";

const tag = "Registrations";
const result = DraftView;
const version = (draft: DraftView) => draft.version;
const KEEPS = "Values that are given replace those kept; the others stay.";

const MOODLE: z.input<typeof DraftInput> = {
  profile: "moodle",
  step: "by_hand",
  values: { name: "State University", site: "https://moodle.example.edu", clientId: "RtV3kGk0" },
};

export const registrationDraftRoutes = [
  defineRoute("GET", "/registration-drafts", {
    id: "listDrafts",
    tag,
    summary: "List your drafts of registrations, the one saved last first",
    description: "A draft is seen by whoever made it and by nobody else.",
    query: DraftFilter,
    result: DraftPage,
    operate: drafts.listDrafts,
  }),
  defineRoute("POST", "/registration-drafts", {
    id: "createDraft",
    tag,
    summary: "Begin a draft of a registration",
    body: DraftInput,
    example: MOODLE,
    status: 201,
    result,
    version,
    location: ({ id }) => `/registration-drafts/${id}`,
    operate: drafts.createDraft,
  }),
  defineRoute("GET", "/registration-drafts/{draftId}", {
    id: "getDraft",
    tag,
    summary: "Read a draft",
    result,
    version,
    operate: drafts.getDraft,
  }),
  defineRoute("PUT", "/registration-drafts/{draftId}", {
    id: "saveDraft",
    tag,
    summary: "Save a draft",
    description: KEEPS,
    body: DraftPatch,
    example: MOODLE,
    result,
    version,
    operate: drafts.saveDraft,
  }),
  defineRoute("PATCH", "/registration-drafts/{draftId}", {
    id: "patchDraft",
    tag,
    summary: "Save some fields of a draft",
    description: KEEPS,
    body: DraftPatch,
    example: { step: "by_hand" },
    result,
    version,
    operate: drafts.saveDraft,
  }),
  defineRoute("DELETE", "/registration-drafts/{draftId}", {
    id: "deleteDraft",
    tag,
    summary: "Delete a draft",
    description: "A registration that it became stays.",
    result,
    isConditional: true,
    operate: drafts.deleteDraft,
  }),
];
