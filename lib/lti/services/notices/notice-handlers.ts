import { MEDIA_TYPE } from "../../values/media-types.ts";
import { SCOPE } from "../../scopes.ts";
import type { ServiceClient } from "../service-client.ts";
import { ServiceNotOffered } from "../../errors.ts";

/**
 * Tells a platform where notices of one type go; there is one handler for each type.
 *
 * @throws ServiceNotOffered  the client has no notification endpoint
 * @throws LtiError           whatever the platform's answer means
 * @see Platform Notification Service 1.0 §3.3
 */
export async function putNoticeHandler(
  client: ServiceClient,
  { noticeType, handler }: { noticeType: string; handler: string },
): Promise<void> {
  const { notices } = client.endpoints;
  if (!notices) throw new ServiceNotOffered("notices");
  await client.request({
    operation: "notice_handler.put",
    service: "notices",
    method: "PUT",
    url: notices.url,
    scopes: [SCOPE.noticeHandlers],
    accept: MEDIA_TYPE.json,
    contentType: MEDIA_TYPE.json,
    body: JSON.stringify({ notice_type: noticeType, handler }),
  });
}
