import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";

/**
 * Opens a session for somebody who has proved by other means than a password who they are. An
 * endpoint of the library for this process alone, so that such sessions are the library's own.
 */
export function openSessionPlugin() {
  return {
    id: "rollbook-open-session",
    endpoints: {
      openSession: createAuthEndpoint(
        "/rollbook/open-session",
        {
          method: "POST",
          requireHeaders: true,
          body: z.object({ userId: z.string() }),
          metadata: { SERVER_ONLY: true },
        },
        async (context) => {
          const { internalAdapter } = context.context;
          const user = await internalAdapter.findUserById(context.body.userId);
          if (!user) throw context.error("NOT_FOUND");
          const session = await internalAdapter.createSession(user.id);
          await setSessionCookie(context, { session, user });
          return { user: { id: user.id, name: user.name, email: user.email } };
        },
      ),
    },
  };
}
