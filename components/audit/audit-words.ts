import { shortId } from "#lib/format.ts";
import type { AuditEntryView } from "#lib/operations/operators/schema.ts";

export const OBJECTS = [
  { value: "registration", label: "Registrations" },
  { value: "course", label: "Courses" },
  { value: "line_item", label: "Line items" },
  { value: "run", label: "Runs" },
  { value: "hold", label: "Holds" },
  { value: "schedule", label: "Schedules" },
  { value: "bulk", label: "Bulk operations" },
  { value: "engine", label: "Engine" },
  { value: "api_key", label: "API keys" },
  { value: "operator", label: "Operators" },
  { value: "signing_key", label: "Signing keys" },
  { value: "invitation", label: "Invitations" },
  { value: "webhook", label: "Webhooks" },
  { value: "alert", label: "Alerts" },
  { value: "alert_rule", label: "Rules of alerts" },
  { value: "mail_server", label: "Mail server" },
  { value: "export", label: "Exports" },
];

export const SOURCES: { value: AuditEntryView["source"]; label: string }[] = [
  { value: "operator", label: "Console" },
  { value: "api", label: "API" },
  { value: "schedule", label: "Schedule" },
  { value: "system", label: "System" },
  { value: "anonymous", label: "Anonymous" },
];

const PAGES: Record<string, string | undefined> = {
  registration: "/registrations",
  course: "/courses",
  run: "/runs",
  hold: "/holds",
  bulk: "/operations",
};

const NOUNS: Record<string, string | undefined> = {
  api_key: "API key",
  bulk: "bulk operation",
};

const ACTS: Record<string, string | undefined> = {
  "api_key.refused": "Refuse API key",
  "registration.import_key": "Import key for registration",
  "registration.use_key": "Sign with imported key of registration",
  "registration.delete_key": "Delete imported key of registration",
  "registration.try_now": "Try registration now",
  "session.end_others": "End other sessions",
  "person.export": "Give out a person’s data",
  "retention.change": "Change how long data is kept",
  "operator.link_provider": "Link operator with the provider",
  "operator.lose_rule": "Keep out operator whom no rule lets in",
  "single_sign_on.allow_passwords": "Allow passwords for an hour",
  "single_sign_on.change": "Change single sign-on",
  "operator.reset_second_factor": "Take second factor of operator away",
  "second_factor.begin_app": "Begin to set up an authenticator app",
  "second_factor.set_up_app": "Set up an authenticator app",
  "second_factor.remove_app": "Switch authenticator app off",
  "second_factor.renew_recovery_codes": "Make new recovery codes",
  "passkey.add": "Add a passkey",
  "passkey.rename": "Rename a passkey",
  "passkey.remove": "Remove a passkey",
  "operator.choose_password": "Choose password",
  "operator.make_password_link": "Make password link for operator",
  "alert_rule.create": "Add rule of alerts",
  "alert_rule.edit": "Change rule of alerts",
  "alert_rule.delete": "Delete rule of alerts",
  "alert_rule.test": "Send a test of alerts",
  "mail_server.change": "Change mail server",
  "webhook.rotate_secret": "Rotate secret of webhook",
  "sign_in.succeed": "Sign in",
  "sign_in.prove_again": "Confirm that it is you",
  "session.change_rules": "Change confirmation and second factor",
  "sign_in.refuse": "Refuse sign-in",
  "sign_in.throttle": "Make sign-in wait",
  "sign_out.succeed": "Sign out",
};

/** Where the object of an entry is shown; null for what has no page. */
export function pageOf({ object, objectId }: AuditEntryView): string | null {
  const page = PAGES[object];
  return page && objectId ? `${page}/${objectId}` : null;
}

/** `registration.update` → `Update registration`; `sign_in.succeed` → `Sign in`. */
export function actionWords(action: string): string {
  const act = ACTS[action];
  if (act) return act;
  const [noun = "", verb = ""] = action.split(".");
  // “Change access of operator”, and “Create operator”.
  const of = verb.includes("_") ? "of " : "";
  return capital(`${spaced(verb)} ${of}${NOUNS[noun] ?? spaced(noun)}`.trim());
}

/** The object by its name, now or in the entry, else by the beginning of its ID. */
export function objectWords(entry: AuditEntryView): string {
  const { object, objectId, objectName, detail } = entry;
  const named = [objectName, detail?.name, detail?.title, detail?.email, detail?.label].find(
    (name) => typeof name === "string",
  );
  const name = named ?? (objectId ? shortId(objectId) : "");
  return capital(`${NOUNS[object] ?? spaced(object)} ${String(name)}`.trim());
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function spaced(name: string): string {
  return name
    .replace(/_/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}
