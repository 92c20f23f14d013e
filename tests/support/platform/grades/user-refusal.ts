import type { FaultOf } from "#tests/support/platform/faults/faults.ts";
import { jsonReply, type Reply } from "#tests/support/platform/http/reply.ts";

export type UserRefusalStyle = FaultOf<"ungradable_user">["as"];

/** How each platform says that this person gets no score here. */
export function userRefusal(style: UserRefusalStyle): Reply {
  switch (style) {
    case "moodle_400":
      return jsonReply(400, { status: 400, reason: "Incorrect score received", request: {} });
    case "canvas_422":
      return jsonReply(422, {
        errors: {
          type: "unprocessable_entity",
          message: "User not found in course or is not a student",
        },
      });
    case "blackboard_400":
      return jsonReply(400, { status: 400, message: "User could not be found" });
    case "brightspace_403":
      return jsonReply(403, { title: "Forbidden", detail: "User is not enrolled" });
    case "brightspace_404":
      return jsonReply(404, { title: "Not Found", detail: "User is not enrolled" });
    case "brightspace_422":
      return jsonReply(422, {
        title: "Unprocessable Entity",
        detail: "User role is not gradeable",
      });
  }
}
