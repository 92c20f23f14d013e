import { answerDeepLinking } from "#lib/operations/launches/deep-linking/answer.ts";
import { answeringPage } from "../_server/answering-page.ts";
import { deepLinkingPage, sendingLinksPage } from "../_server/deep-linking-page.ts";
import { readForm } from "../_server/read-form.ts";
import { toolCaller } from "../_server/tool-caller.ts";

/** What a person chose in the form of a deep linking launch, on its way to the platform. */
export async function POST(request: Request): Promise<Response> {
  return answeringPage(request, "The links were not added", async () => {
    const sent = await readForm(request);
    const text = (name: string) => sent.get(name) ?? "";
    const typed = {
      chosen: sent.getAll("chosen"),
      title: text("title"),
      scoreMaximum: text("scoreMaximum"),
    };
    const ticket = text("ticket");
    const answered = await answerDeepLinking(await toolCaller(), { ticket, ...typed });
    if (answered.kind === "answer") return sendingLinksPage(answered);
    return deepLinkingPage({ form: answered.form, typed, errors: answered.errors });
  });
}
