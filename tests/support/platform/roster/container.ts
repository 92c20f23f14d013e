import type { Course } from "#tests/support/platform/course.ts";
import type { Exchange } from "#tests/support/platform/exchange.ts";
import { jsonReply, type Reply, type ReplyHeaders } from "#tests/support/platform/http/reply.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { MEDIA } from "#tests/support/platform/wire.ts";
import { withMemberDefects } from "./member-defect.ts";
import type { MemberJson } from "./member-json.ts";

type Page = { course: Course; members: MemberJson[]; headers: ReplyHeaders };

/** The membership container of NRPS 2.0 §2.2, whole or with a defect. */
export function containerReply(state: PlatformState, exchange: Exchange, page: Page): Reply {
  const { facts, request } = exchange;
  const { course, headers } = page;
  const members = withMemberDefects(state, exchange, page.members);
  const context = {
    id: state.faults.take("context_id_as", facts)?.id ?? course.contextId,
    label: course.input.label,
    title: course.input.title,
  };
  const container: Record<string, unknown> = { id: request.url.href, context, members };
  const defect = state.faults.take("container_defect", facts)?.defect;
  if (defect === "no_context") delete container["context"];
  if (defect === "no_members") delete container["members"];
  if (defect === "members_object") container["members"] = { ...members };
  const body = defect === "array_body" ? members : container;
  return jsonReply(200, body, MEDIA.memberships, headers);
}
