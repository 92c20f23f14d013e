import type { NextRequest } from "next/server";
import { returnPath } from "../../../_server/session/return-to.ts";
import { beginSingleSignOn } from "../../../_server/session/single-sign-on.ts";

export async function GET(request: NextRequest): Promise<Response> {
  const asked = request.nextUrl.searchParams;
  const isAgain = asked.has("again");
  const returnTo = isAgain ? "/login/again?done=1" : returnPath(asked.get("returnTo"));
  return beginSingleSignOn(returnTo, { isAgain });
}
