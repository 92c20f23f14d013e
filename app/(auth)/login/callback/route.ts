import type { NextRequest } from "next/server";
import { endSingleSignOn } from "../../../_server/session/single-sign-on.ts";

export async function GET(request: NextRequest): Promise<Response> {
  return endSingleSignOn(request.nextUrl.search);
}
