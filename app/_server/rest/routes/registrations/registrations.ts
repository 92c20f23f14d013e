import type { z } from "zod";
import * as registrations from "#lib/operations/registrations/registrations.ts";
import {
  DeploymentInput,
  RegistrationFilter,
  RegistrationInput,
  RegistrationPage,
  RegistrationPatch,
  RegistrationView,
} from "#lib/operations/registrations/schema.ts";
import { ServiceOriginInput } from "#lib/operations/service-origins/schema.ts";
import * as origins from "#lib/operations/service-origins/service-origins.ts";
import {
  importRegistrations,
  previewImport,
} from "#lib/operations/registrations/import/import-registrations.ts";
import { ImportInput, ImportResult } from "#lib/operations/registrations/import/schema.ts";
import { defineRoute } from "../../route.ts";

const IMPORT = {
  text: "name,issuer,client_id,token_endpoint,authorization_endpoint,jwks_url\nState University,https://lms.example.edu,tool-1,https://lms.example.edu/token,https://lms.example.edu/auth,https://lms.example.edu/jwks\n",
};
const tag = "Registrations";
const result = RegistrationView;
const version = (registration: RegistrationView) => registration.version;

const CANVAS: z.input<typeof RegistrationInput> = {
  name: "State University",
  profile: "canvas",
  issuer: "https://canvas.instructure.com",
  clientId: "10000000000042",
  tokenEndpoint: "https://sso.canvaslms.com/login/oauth2/token",
  authorizationEndpoint: "https://sso.canvaslms.com/api/lti/authorize_redirect",
  jwksUrl: "https://sso.canvaslms.com/api/lti/security/jwks",
  deploymentIds: ["8865:b98c"],
};

const CHANGES =
  "A field that is left out keeps its value. Deployment IDs that are new are added, none is removed. A cached token is dropped when what it was asked with has changed. To move the token endpoint or the audience of a registration that is in use needs `admin` and `confirmsDestination`; without it 409 says what would come of it.";

const ORIGINS =
  "Access tokens go to the token endpoint's own origin, to origins that a launch signed by the platform named, and to those that are approved here.";

export const registrationRoutes = [
  defineRoute("GET", "/registrations", {
    id: "listRegistrations",
    tag,
    summary: "List registrations, by name",
    query: RegistrationFilter,
    result: RegistrationPage,
    operate: registrations.listRegistrations,
  }),
  defineRoute("POST", "/registrations", {
    id: "createRegistration",
    tag,
    summary: "Register a platform",
    body: RegistrationInput,
    example: CANVAS,
    status: 201,
    result,
    version,
    location: ({ id }) => `/registrations/${id}`,
    operate: registrations.createRegistration,
  }),
  defineRoute("POST", "/registration-imports", {
    id: "importRegistrations",
    tag,
    summary: "Add the registrations of another tool's file",
    description:
      "PyLTI1p3's JSON, platforms of ltijs as JSON, or CSV. Each is added by itself; one that is known is not changed.",
    body: ImportInput,
    example: IMPORT,
    result: ImportResult,
    operate: importRegistrations,
  }),
  defineRoute("POST", "/registration-imports/preview", {
    id: "previewRegistrationImport",
    tag,
    summary: "Say what an import would do, without adding anything",
    body: ImportInput,
    example: IMPORT,
    result: ImportResult,
    operate: previewImport,
  }),
  defineRoute("GET", "/registrations/{registrationId}", {
    id: "getRegistration",
    tag,
    summary: "Read a registration",
    result,
    version,
    operate: registrations.getRegistration,
  }),
  defineRoute("PUT", "/registrations/{registrationId}", {
    id: "updateRegistration",
    tag,
    summary: "Change a registration",
    description: CHANGES,
    body: RegistrationPatch,
    example: CANVAS,
    result,
    version,
    operate: registrations.updateRegistration,
  }),
  defineRoute("PATCH", "/registrations/{registrationId}", {
    id: "patchRegistration",
    tag,
    summary: "Change some fields of a registration",
    description: CHANGES,
    body: RegistrationPatch,
    example: { name: "State University" },
    result,
    version,
    operate: registrations.updateRegistration,
  }),
  defineRoute("POST", "/registrations/{registrationId}/archive", {
    id: "archiveRegistration",
    tag,
    summary: "Archive a registration",
    description: "Nothing of it is synced while it is archived; nothing is deleted.",
    result,
    operate: registrations.archiveRegistration,
  }),
  defineRoute("POST", "/registrations/{registrationId}/restore", {
    id: "restoreRegistration",
    tag,
    summary: "Restore an archived registration",
    result,
    operate: registrations.restoreRegistration,
  }),
  defineRoute("POST", "/registrations/{registrationId}/deployments", {
    id: "addDeployment",
    tag,
    summary: "Add a deployment to a registration",
    body: DeploymentInput,
    example: { deploymentId: "8865:b98c", label: "College of Engineering" },
    status: 201,
    result,
    location: ({ id }) => `/registrations/${id}`,
    operate: registrations.addDeployment,
  }),
  defineRoute("POST", "/registrations/{registrationId}/service-origins", {
    id: "addServiceOrigin",
    tag,
    summary: "Approve an origin that access tokens may go to, before anything names it",
    description: ORIGINS,
    body: ServiceOriginInput,
    example: { origin: "https://lms.example.edu" },
    status: 201,
    result,
    location: ({ id }) => `/registrations/${id}`,
    operate: origins.addServiceOrigin,
  }),
  defineRoute("POST", "/registrations/{registrationId}/service-origins/{originId}/approve", {
    id: "approveServiceOrigin",
    tag,
    summary: "Approve a service origin: access tokens are sent there",
    description: ORIGINS,
    result,
    operate: origins.approveServiceOrigin,
  }),
  defineRoute("POST", "/registrations/{registrationId}/service-origins/{originId}/decline", {
    id: "declineServiceOrigin",
    tag,
    summary: "Decline a service origin: nothing is sent there, whatever names it",
    result,
    operate: origins.declineServiceOrigin,
  }),
  defineRoute("DELETE", "/registrations/{registrationId}/service-origins/{originId}", {
    id: "removeServiceOrigin",
    tag,
    summary: "Remove a service origin: nothing is sent there until it is approved again",
    result,
    operate: origins.removeServiceOrigin,
  }),
];
