import * as people from "#lib/operations/privacy/people.ts";
import { changeRetention, getRetention } from "#lib/operations/privacy/retention.ts";
import {
  ErasedPeople,
  ErasedPerson,
  PersonExport,
  PersonInput,
  Retention,
  RetentionView,
} from "#lib/operations/privacy/schema.ts";
import { defineRoute } from "../../route.ts";

const tag = "People's data";
const example = { registrationId: "01939f2e-0000-7000-8000-000000000000", userId: "4f9c2a17" };

export const privacyRoutes = [
  defineRoute("GET", "/people/data", {
    id: "exportPerson",
    tag,
    summary: "Read everything that is held of a person",
    description: "Needs the right to see names as well.",
    query: PersonInput,
    result: PersonExport,
    operate: people.exportPerson,
  }),
  defineRoute("POST", "/people/erase", {
    id: "erasePerson",
    tag,
    summary: "Erase a person everywhere",
    description:
      "Scores and memberships are kept under a pseudonym; scores that wait are not sent. It cannot be undone.",
    body: PersonInput,
    example,
    result: ErasedPerson,
    operate: people.erasePerson,
  }),
  defineRoute("GET", "/erased-people", {
    id: "listErasedPeople",
    tag,
    summary: "List who was erased, and whom a roster lists again",
    result: ErasedPeople,
    operate: (caller) => people.listErasedPeople(caller),
  }),
  defineRoute("GET", "/retention", {
    id: "getRetention",
    tag,
    summary: "Read how long data is kept, and what the last night removed",
    result: RetentionView,
    operate: (caller) => getRetention(caller),
  }),
  defineRoute("PUT", "/retention", {
    id: "changeRetention",
    tag,
    summary: "Change how long data is kept",
    description: "Counts from the next night on.",
    body: Retention,
    example: {
      leftMembers: 365,
      rosterChanges: 365,
      outcomes: 365,
      events: 180,
      tokenRequests: 90,
      connectionTests: 365,
      launchSessions: 7,
      audit: null,
    },
    result: RetentionView,
    operate: changeRetention,
  }),
];
