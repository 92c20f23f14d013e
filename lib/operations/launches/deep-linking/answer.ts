import { randomUUID } from "node:crypto";
import { z } from "zod";
import { registrationById } from "#lib/db/launches/launches.ts";
import { hasCode } from "#lib/errors.ts";
import { plural } from "#lib/format.ts";
import type { ContentLineItem, ResourceLinkItem } from "#lib/lti/index.ts";
import type { Asker, Caller } from "../../caller.ts";
import { type FieldErrors, InvalidInput, NotSignedIn } from "../../errors.ts";
import { derivedResourceId } from "../../line-items/acts/derived-resource-id.ts";
import { permit } from "../../permit.ts";
import { validated } from "../../validated.ts";
import { checkRegistrationState } from "../login.ts";
import { columnCustom } from "./column-custom.ts";
import { deepLinkingForm, signedAnswer, type DeepLinkingForm } from "./offer.ts";
import { openAsked, type AskedLinks } from "./ticket.ts";

/** What a person chose, as their form says it. */
export type ChosenLinks = {
  ticket: string;
  /** `link`: one without a column; `new`: one with a new column; else IDs of columns. */
  chosen: string[];
  /** Of the new one. */
  title: string;
  scoreMaximum: string;
};

export type AnsweredLinks =
  | { kind: "answer"; returnUrl: string; framedBy: string[]; jwt: string; titles: string[] }
  /** Something is wrong with what was chosen: the same form again. */
  | { kind: "form"; form: DeepLinkingForm; errors: FieldErrors };

const NewActivity = z.object({
  title: z.string().trim().min(1, "The title is missing.").max(500, "At most 500 characters."),
  scoreMaximum: z.coerce
    .number("This is not a number.")
    .positive("The maximum is above 0.")
    .max(1_000_000, "At most 1,000,000."),
});

/**
 * Signs the answer to a deep linking request: a link for each that was chosen, within what the
 * platform takes.
 *
 * @throws NotSignedIn    the form is over
 * @throws LaunchRefused  the registration is no longer active
 * @see Deep Linking 2.0 §3.2, §4.5
 */
export async function answerDeepLinking(asker: Asker, choice: ChosenLinks): Promise<AnsweredLinks> {
  const caller = await permit(asker, "launch", "everywhere");
  const asked = openAsked(caller, choice.ticket);
  const registration = await registrationById(caller.db, asked.registrationId);
  if (!registration) throw new NotSignedIn("the registration is gone");
  checkRegistrationState(registration);
  const form = await deepLinkingForm(caller, asked);
  try {
    const items = itemsOf(caller, asked, form, choice);
    return {
      kind: "answer",
      returnUrl: form.returnUrl,
      framedBy: form.framedBy,
      jwt: await signedAnswer(caller, asked, items),
      titles: items.map(({ title = "" }) => title),
    };
  } catch (error) {
    if (!hasCode<InvalidInput>(error, "operation.invalid_input")) throw error;
    return { kind: "form", form, errors: error.fields };
  }
}

/** @throws InvalidInput  nothing was chosen, or what is not offered */
function itemsOf(
  caller: Caller,
  asked: AskedLinks,
  form: DeepLinkingForm,
  choice: ChosenLinks,
): ResourceLinkItem[] {
  const chosen = [...new Set(choice.chosen)];
  const refuse = (words: string) => new InvalidInput({ chosen: [words] });
  if (form.takes === "nothing") throw refuse("The LMS takes no links to tools here.");
  if (chosen.length === 0) throw refuse("Choose at least one, or add nothing.");
  if (chosen.length > 1 && !form.acceptsMultiple) throw refuse("The LMS takes one link at a time.");
  const items = chosen.map((each) => itemOf(caller, asked, form, { each, choice }));
  const missing = items.filter((item) => item === undefined).length;
  if (missing > 0) {
    throw refuse(`${plural(missing, "column")} of these can no longer be chosen. Choose again.`);
  }
  return items.filter((item) => item !== undefined);
}

function itemOf(
  { settings }: Caller,
  { courseId }: AskedLinks,
  form: DeepLinkingForm,
  { each, choice }: { each: string; choice: ChosenLinks },
): ResourceLinkItem | undefined {
  const link = (title: string, lineItem?: ContentLineItem): ResourceLinkItem => ({
    type: "ltiResourceLink",
    title,
    url: `${settings.publicUrl}/lti/launch`,
    ...(lineItem && { lineItem, custom: columnCustom(lineItem) }),
  });
  // Whoever pushes a score for this label and names no resource ID means this column.
  const derived = (label: string) =>
    courseId === null ? randomUUID() : derivedResourceId({ id: courseId }, label);
  if (each === "link") return link(form.title);
  if (form.takes !== "links_with_columns") return undefined;
  if (each === "new") {
    const { title, scoreMaximum } = validated(NewActivity, choice);
    return link(title, { label: title, scoreMaximum, resourceId: derived(title) });
  }
  const column = form.columns.find(({ id }) => id === each);
  if (!column) return undefined;
  const { label, scoreMaximum, resourceId, tag } = column;
  return link(label, {
    label,
    scoreMaximum,
    resourceId: resourceId ?? derived(label),
    ...(tag !== null && { tag }),
  });
}
