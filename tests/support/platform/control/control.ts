import { ZodError } from "zod";
import { jsonReply, type Reply } from "#tests/support/platform/http/reply.ts";
import type { PlatformRequest } from "#tests/support/platform/http/request.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { commands, type CommandName } from "./commands.ts";

/** `POST /_control/<command>` with the command's input as JSON; GET where there is none. */
export async function control(state: PlatformState, request: PlatformRequest): Promise<Reply> {
  const name = request.url.pathname.slice("/_control/".length);
  if (!isCommand(name)) return jsonReply(404, { error: `no command ${name}` });
  try {
    const input: unknown = request.body === "" ? {} : JSON.parse(request.body);
    return jsonReply(200, await commands[name].call(state, input));
  } catch (error) {
    const words = error instanceof ZodError ? error.issues : String(error);
    return jsonReply(400, { error: words });
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
