/** The 1EdTech services a registration may use, the token endpoint, and public documents. */
export type ServiceName = "token" | "memberships" | "grades" | "notices" | "public";

/** What a request to a platform is for; errors, verdicts and exchanges name it. */
export type Operation =
  | "token.request"
  | "memberships.list"
  | "line_items.list"
  | "line_item.get"
  | "line_item.create"
  | "line_item.update"
  | "line_item.delete"
  | "score.post"
  | "results.list"
  | "notice_handler.put"
  | "registration.create"
  | "public.get";

const SERVICE_OF: Record<Operation, ServiceName> = {
  "token.request": "token",
  "memberships.list": "memberships",
  "line_items.list": "grades",
  "line_item.get": "grades",
  "line_item.create": "grades",
  "line_item.update": "grades",
  "line_item.delete": "grades",
  "score.post": "grades",
  "results.list": "grades",
  "notice_handler.put": "notices",
  "registration.create": "public",
  "public.get": "public",
};

export function serviceOf(operation: Operation): ServiceName {
  return SERVICE_OF[operation];
}

/**
 * Whether sending the same request twice may do something twice.
 *
 * After a lost reply to one of these the outcome is unknown and must be looked up.
 */
export function isRepeatUnsafe(operation: Operation): boolean {
  return REPEAT_UNSAFE.has(operation);
}

const REPEAT_UNSAFE: ReadonlySet<Operation> = new Set([
  "score.post",
  "line_item.create",
  "registration.create",
]);
