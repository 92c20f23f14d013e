import { endLaunch } from "#lib/operations/launches/session/launch-session.ts";
import { checkOwnGrades } from "#lib/operations/launches/learner/check-again.ts";
import { getOwnGrades } from "#lib/operations/launches/learner/own-grades.ts";
import { answeringPage } from "../_server/answering-page.ts";
import { ownGradesPage, signedOutPage } from "../_server/own-grades-page.ts";
import { readForm } from "../_server/read-form.ts";
import { toolCaller } from "../_server/tool-caller.ts";

/** A learner's page sends itself: to be shown again, to have the grades checked, or to be closed. */
export async function POST(request: Request): Promise<Response> {
  return answeringPage(request, "Your grades", async () => {
    const form = await readForm(request);
    const sessionToken = form.get("session") ?? "";
    const caller = await toolCaller();
    if (form.get("act") === "end") {
      const { framedBy } = await getOwnGrades(caller, { sessionToken });
      await endLaunch(caller, { sessionToken });
      return signedOutPage(framedBy);
    }
    if (form.get("act") === "check")
      return ownGradesPage({ sessionToken, ...(await checkOwnGrades(caller, { sessionToken })) });
    return ownGradesPage({ sessionToken, page: await getOwnGrades(caller, { sessionToken }) });
  });
}
