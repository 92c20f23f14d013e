import { ImportedKeyInput, RegistrationKeys } from "#lib/operations/keys/imported-schema.ts";
import * as keys from "#lib/operations/keys/imported-keys.ts";
import { defineRoute } from "../../route.ts";

const tag = "Registrations";
const result = RegistrationKeys;

export const registrationKeyRoutes = [
  defineRoute("GET", "/registrations/{registrationId}/keys", {
    id: "getRegistrationKeys",
    tag,
    summary: "Read whose key signs for a registration, and which key set the LMS reads",
    description:
      "Whose key signs is `signsWith` of the registration, and the tool's key set its `toolJwksUrl`. No private key is ever shown.",
    result,
    operate: keys.getRegistrationKeys,
  }),
  defineRoute("POST", "/registrations/{registrationId}/keys", {
    id: "importKey",
    tag,
    summary: "Import the private key of a tool that has this registration",
    description:
      "It is kept sealed, signs for this registration alone, and is not in Rollbook's own key set. With `signsNow` the registration signs with it from now on; the one before stays until it is deleted.",
    body: ImportedKeyInput,
    example: { key: "-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----", kid: "tool-2026" },
    status: 201,
    result,
    location: ({ registrationId }) => `/registrations/${registrationId}/keys`,
    operate: keys.importKey,
  }),
  defineRoute("POST", "/registrations/{registrationId}/keys/{keyId}/use", {
    id: "useImportedKey",
    tag,
    summary: "Sign with an imported key from now on",
    result,
    operate: keys.useImportedKey,
  }),
  defineRoute("DELETE", "/registrations/{registrationId}/keys/{keyId}", {
    id: "deleteImportedKey",
    tag,
    summary: "Delete an imported key for good",
    result,
    operate: keys.deleteImportedKey,
  }),
];
