import * as apiKeys from "#lib/operations/operators/api-keys.ts";
import { listAuditEntries } from "#lib/operations/audit/record.ts";
import * as operators from "#lib/operations/operators/operators.ts";
import { removeDemoData } from "#lib/operations/system/demo-data.ts";
import { getActivity } from "#lib/operations/overview/activity.ts";
import { Activity, ActivityQuery } from "#lib/operations/overview/activity-schema.ts";
import { getOverview } from "#lib/operations/overview/overview.ts";
import { PageQuery } from "#lib/operations/fields.ts";
import {
  ApiKeyCreated,
  ApiKeyInput,
  ApiKeyPage,
  ApiKeyRotation,
  ApiKeyView,
} from "#lib/operations/operators/api-key-schema.ts";
import { rotateApiKey } from "#lib/operations/operators/key-rotation.ts";
import {
  AuditFilter,
  AuditPage,
  OperatorAccess,
  OperatorInput,
  OperatorList,
  OperatorView,
} from "#lib/operations/operators/schema.ts";
import {
  OperatorInvitation,
  PasswordLink,
  PasswordLinkInput,
} from "#lib/operations/passwords/link-schema.ts";
import { resetSecondFactor } from "#lib/operations/second-factor/reset.ts";
import * as links from "#lib/operations/passwords/password-links.ts";
import { Overview } from "#lib/operations/overview/overview-schema.ts";
import { DemoDataRemoved, SystemView } from "#lib/operations/system/schema.ts";
import { getSystem } from "#lib/operations/system/system.ts";
import { defineRoute } from "../../route.ts";

const tag = "Installation";

export const installationRoutes = [
  defineRoute("GET", "/overview", {
    id: "getOverview",
    tag,
    summary: "Read how everything stands",
    result: Overview,
    operate: (caller) => getOverview(caller),
  }),
  defineRoute("GET", "/activity", {
    id: "getActivity",
    tag,
    summary: "Read what was done over a period and what failed, and what schedules start next",
    query: ActivityQuery,
    result: Activity,
    operate: getActivity,
  }),
  defineRoute("GET", "/system", {
    id: "getSystem",
    tag,
    summary: "Read what this installation is made of, and whether its engine runs",
    result: SystemView,
    operate: (caller) => getSystem(caller),
  }),
  defineRoute("DELETE", "/demo-data", {
    id: "removeDemoData",
    tag,
    summary: "Delete the demo's registrations with all that hangs on them",
    result: DemoDataRemoved,
    operate: (caller) => removeDemoData(caller),
  }),
  defineRoute("GET", "/audit", {
    id: "listAuditEntries",
    tag,
    summary: "List who did what, newest first",
    query: AuditFilter,
    result: AuditPage,
    operate: listAuditEntries,
  }),
  defineRoute("GET", "/api-keys", {
    id: "listApiKeys",
    tag,
    summary: "List API keys, newest first",
    query: PageQuery,
    result: ApiKeyPage,
    operate: apiKeys.listApiKeys,
  }),
  defineRoute("POST", "/api-keys", {
    id: "createApiKey",
    tellsSecret: true,
    tag,
    summary: "Create an API key",
    description:
      "The key is in this answer and nowhere else. It reads only, and ends after 90 days, unless it is said otherwise.",
    body: ApiKeyInput,
    example: { name: "Gradebook export", scopes: ["read", "scores:write"], expiresInDays: 90 },
    status: 201,
    result: ApiKeyCreated,
    location: () => "/api-keys",
    operate: apiKeys.createApiKey,
  }),
  defineRoute("POST", "/api-keys/{apiKeyId}/rotate", {
    id: "rotateApiKey",
    tag,
    summary: "Make the key that takes the place of another",
    description:
      "With the same scopes and registrations, and the same length of life. The old key goes on for `overlapHours`.",
    body: ApiKeyRotation,
    example: { overlapHours: 24 },
    status: 201,
    result: ApiKeyCreated,
    location: () => "/api-keys",
    operate: rotateApiKey,
  }),
  defineRoute("DELETE", "/api-keys/{apiKeyId}", {
    id: "revokeApiKey",
    tag,
    summary: "Revoke an API key",
    description:
      "From the next request on it opens nothing, nor do the keys that it made; the entries stay.",
    result: ApiKeyView,
    operate: apiKeys.revokeApiKey,
  }),
  defineRoute("GET", "/operators", {
    id: "listOperators",
    tag,
    summary: "List the people who can sign in",
    result: OperatorList,
    operate: (caller) => operators.listOperators(caller),
  }),
  defineRoute("POST", "/operators", {
    id: "addOperator",
    tag,
    summary: "Let somebody sign in",
    body: OperatorInput,
    example: {
      name: "Ada",
      email: "ada@example.edu",
      password: "a long and private sentence",
      role: "operator",
    },
    status: 201,
    result: OperatorView,
    location: () => "/operators",
    operate: operators.addOperator,
  }),
  defineRoute("POST", "/operator-invitations", {
    id: "inviteOperator",
    tellsSecret: true,
    tag,
    summary: "Let somebody sign in, who chooses the password",
    description:
      "The link is in this answer and nowhere else. Whoever has it chooses the password, once.",
    body: OperatorInvitation,
    example: { name: "Ada", email: "ada@example.edu", role: "operator", expiresInHours: 72 },
    status: 201,
    result: PasswordLink,
    location: () => "/operators",
    operate: links.inviteOperator,
  }),
  defineRoute("POST", "/operators/{operatorId}/password-link", {
    id: "createPasswordLink",
    tellsSecret: true,
    tag,
    summary: "Make a link by which an operator chooses a new password",
    description:
      "The link is in this answer and nowhere else; one made before is not good any more. The present password is, until the link is used.",
    body: PasswordLinkInput,
    example: { expiresInHours: 24 },
    status: 201,
    result: PasswordLink,
    location: () => "/operators",
    operate: links.createPasswordLink,
  }),
  defineRoute("POST", "/operators/{operatorId}/reset-second-factor", {
    id: "resetSecondFactor",
    tag,
    summary: "Take app and recovery codes of an operator away",
    description: "Ends the person's sessions; the password alone lets them in afterwards.",
    result: OperatorView,
    operate: resetSecondFactor,
  }),
  defineRoute("PUT", "/operators/{operatorId}/access", {
    id: "changeOperatorAccess",
    tag,
    summary: "Change what an operator may do",
    description: "Takes effect with the next request. Nobody changes their own.",
    body: OperatorAccess,
    example: { role: "viewer", seesNames: false },
    result: OperatorView,
    operate: operators.changeOperatorAccess,
  }),
  defineRoute("DELETE", "/operators/{operatorId}", {
    id: "removeOperator",
    tag,
    summary: "Remove an operator",
    description: "Sessions end at once; what the operator did stays on record.",
    result: OperatorView,
    operate: operators.removeOperator,
  }),
];
