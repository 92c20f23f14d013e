import { textOf, type JsonObject } from "../../values/json-body.ts";
import { parseServiceUrl } from "../../values/service-url.ts";

/**
 * What a launch says of the person besides the ID; each is there only where the platform and its
 * consent settings tell it. An address is not proof of who somebody is: platforms let people
 * change theirs.
 */
export type LaunchedPerson = {
  name?: string;
  givenName?: string;
  middleName?: string;
  familyName?: string;
  email?: string;
  /** A web address; what is none is left out. */
  picture?: string;
  /** BCP 47, as the platform writes it: `de`, `en-GB`, `pt_BR`. */
  locale?: string;
};

/** @see LTI Core 1.3 §5.3.6.1, OpenID Connect Core 1.0 §5.1 */
export function parsePerson(claims: JsonObject): LaunchedPerson {
  return {
    name: textOf(claims["name"]),
    givenName: textOf(claims["given_name"]),
    middleName: textOf(claims["middle_name"]),
    familyName: textOf(claims["family_name"]),
    email: textOf(claims["email"]),
    picture: webAddressOf(claims["picture"]),
    locale: textOf(claims["locale"]),
  };
}

/** A web address that a page may link to; `javascript:` and its like are left out. */
export function webAddressOf(value: unknown): string | undefined {
  const address = textOf(value);
  return address !== undefined && parseServiceUrl(address) ? address : undefined;
}
