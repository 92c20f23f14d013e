import * as approvals from "#lib/operations/registrations/approvals.ts";
import { listCourseChanges } from "#lib/operations/courses/changes.ts";
import * as invitations from "#lib/operations/invitations/invitations.ts";
import * as launches from "#lib/operations/launches/index.ts";
import {
  ContextFacts,
  ContextRecorded,
  CourseChangeFilter,
  CourseChangePage,
  LaunchReport,
} from "#lib/operations/launches/schema.ts";
import {
  InvitationCreated,
  InvitationFilter,
  InvitationInput,
  InvitationPage,
  InvitationView,
} from "#lib/operations/invitations/schema.ts";
import { RegistrationApproval, RegistrationView } from "#lib/operations/registrations/schema.ts";
import { SigningKeyList } from "#lib/operations/keys/schema.ts";
import * as keys from "#lib/operations/keys/signing-keys.ts";
import { defineRoute } from "../../route.ts";

const tag = "Launches" as const;
const registration = { tag, result: RegistrationView };
const keyList = { tag, result: SigningKeyList };

const reported = {
  tag,
  status: 201 as const,
  asksPlatform: true,
  result: ContextRecorded,
  wasFound: ({ isNew }: { isNew: boolean }) => !isNew,
  location: ({ course }: { course: { id: string } | null }) => course && `/courses/${course.id}`,
};

export const launchRoutes = [
  defineRoute("POST", "/registrations/{registrationId}/launches", {
    ...reported,
    id: "reportLaunch",
    summary: "Report a launch that another tool with this client ID received",
    description:
      "Its signature, issuer, audience and deployment are checked as in a launch of Rollbook's own. The course, its addresses, scopes and the launched column are recorded. The same token again, or an older one, changes nothing.",
    body: LaunchReport,
    example: {
      idToken:
        "eyJhbGciOiJSUzI1NiIsImtpZCI6Im1vb2RsZS0xIn0.eyJpc3MiOiJodHRwczovL2xtcy5leGFtcGxlLmVkdSJ9.c2lnbmF0dXJl",
    },
    operate: launches.reportLaunch,
  }),
  defineRoute(
    "PUT",
    "/registrations/{registrationId}/deployments/{platformDeploymentId}/contexts/{contextId}",
    {
      ...reported,
      id: "recordContext",
      summary: "Make or change the course of a context by the platform's IDs",
      description:
        "A field that is left out keeps its value. A deployment that is new counts as approved.",
      body: ContextFacts,
      example: {
        title: "Introduction to Biology",
        membershipsUrl: "https://lms.example.edu/api/lti/courses/1017/names_and_roles",
        scopes: ["https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"],
      },
      operate: launches.recordContext,
    },
  ),
  defineRoute("GET", "/courses/{courseId}/changes", {
    id: "listCourseChanges",
    tag,
    summary: "List what launches and notices changed in a course, newest first",
    query: CourseChangeFilter,
    result: CourseChangePage,
    operate: listCourseChanges,
  }),
  defineRoute("POST", "/registrations/{registrationId}/approve", {
    ...registration,
    id: "approveRegistration",
    summary: "Approve a registration that the LMS made itself",
    description:
      "Until then it launches and syncs nothing. Where what the LMS named has to be confirmed, 409 says why.",
    query: RegistrationApproval,
    operate: approvals.approveRegistration,
  }),
  defineRoute("POST", "/registrations/{registrationId}/decline", {
    ...registration,
    id: "declineRegistration",
    summary: "Decline a registration",
    operate: approvals.declineRegistration,
  }),
  defineRoute("POST", "/registrations/{registrationId}/deployments/{deploymentId}/approve", {
    ...registration,
    id: "approveDeployment",
    summary: "Approve a deployment that a launch named",
    description: "`deploymentId` is Rollbook's own ID of it. Its next launch makes the course.",
    operate: approvals.approveDeployment,
  }),
  defineRoute("POST", "/registrations/{registrationId}/deployments/{deploymentId}/decline", {
    ...registration,
    id: "declineDeployment",
    summary: "Decline a deployment; its launches are refused",
    operate: approvals.declineDeployment,
  }),
  defineRoute("GET", "/invitations", {
    id: "listInvitations",
    tag,
    summary: "List invitations to register, newest first",
    query: InvitationFilter,
    result: InvitationPage,
    operate: invitations.listInvitations,
  }),
  defineRoute("POST", "/invitations", {
    id: "createInvitation",
    tellsSecret: true,
    tag,
    summary: "Make a link by which an LMS registers Rollbook, good once",
    description: "The link is in this answer and nowhere else.",
    body: InvitationInput,
    example: { name: "State University", profile: "moodle", days: 7 },
    status: 201,
    result: InvitationCreated,
    location: ({ id }) => `/invitations/${id}`,
    operate: invitations.createInvitation,
  }),
  defineRoute("GET", "/invitations/{invitationId}", {
    id: "getInvitation",
    tag,
    summary: "Read an invitation",
    result: InvitationView,
    operate: invitations.getInvitation,
  }),
  defineRoute("POST", "/invitations/{invitationId}/revoke", {
    id: "revokeInvitation",
    tag,
    summary: "Revoke an invitation that was not used",
    result: InvitationView,
    operate: invitations.revokeInvitation,
  }),
  defineRoute("GET", "/signing-keys", {
    ...keyList,
    id: "listSigningKeys",
    summary: "List our key pairs, and who has read our key set",
    operate: (caller) => keys.listSigningKeys(caller),
  }),
  defineRoute("POST", "/signing-keys/prepare", {
    ...keyList,
    id: "prepareSigningKey",
    summary: "Publish a new key that signs nothing yet",
    operate: (caller) => keys.prepareSigningKey(caller),
  }),
  defineRoute("POST", "/signing-keys/switch", {
    ...keyList,
    id: "switchSigningKey",
    summary: "Sign with the prepared key from now on",
    operate: (caller) => keys.switchSigningKey(caller),
  }),
  defineRoute("POST", "/signing-keys/{kid}/retire", {
    ...keyList,
    id: "retireSigningKey",
    summary: "Stop publishing a key that no longer signs",
    operate: keys.retireSigningKey,
  }),
  defineRoute("POST", "/signing-keys/replace", {
    ...keyList,
    id: "replaceSigningKeys",
    summary: "Replace all keys at once, because one leaked",
    description: "Platforms that keep our key set refuse us until they read it again.",
    operate: (caller) => keys.replaceSigningKeys(caller),
  }),
];
