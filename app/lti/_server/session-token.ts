import { NotSignedIn } from "#lib/operations/errors.ts";

/** The launch's token, as the page sends it: it is in no cookie. */
export function sessionTokenOf(request: Request): string {
  const token = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token === undefined) throw new NotSignedIn("open this page from the course in the LMS");
  return token;
}
