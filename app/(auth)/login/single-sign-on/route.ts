import type { NextRequest } from "next/server";
import { returnPath } from "../../../_server/session/return-to.ts";
import { beginSingleSignOn } from "../../../_server/session/single-sign-on.ts";

export async function GET(request: NextRequest): Promise<Response> {
  return beginSingleSignOn(returnPath(request.nextUrl.searchParams.get("returnTo")));
}
