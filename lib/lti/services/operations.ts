/** What a request to a platform is for; errors, outcomes and exchanges name it. */
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
  | "groups.list"
  | "group_sets.list"
  | "notice_handler.put"
  | "registration.create"
  | "public.get"
  /** A request to a service of your own. */
  | `own.${string}`;

/**
 * Whether sending the same request twice may do something twice.
 *
 * After a lost reply to one of these the outcome is unknown and must be looked up.
 */
export function isRepeatUnsafe(operation: Operation, method?: string): boolean {
  const isOwn = operation.startsWith("own.");
  return REPEAT_UNSAFE.has(operation) || (isOwn && !IDEMPOTENT.has(method ?? "GET"));
}

const REPEAT_UNSAFE: ReadonlySet<Operation> = new Set([
  "score.post",
  "line_item.create",
  "registration.create",
]);

/** @see RFC 9110 §9.2.2 */
const IDEMPOTENT: ReadonlySet<string> = new Set(["GET", "HEAD", "PUT", "DELETE"]);
