"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { confirmed } from "../_server/forms/confirmed.ts";
import { done, formAction, goTo } from "../_server/forms/form-action.ts";
import { signOut } from "../_server/session/session.ts";
import { pauseEverything, resumeEverything } from "#lib/operations/system/pauses.ts";
import { removeDemoData } from "#lib/operations/system/demo-data.ts";

export async function leave(): Promise<void> {
  await signOut();
  redirect("/login");
}

export const pauseAll = formAction(z.object({}), async (caller) => {
  await pauseEverything(caller);
  return done("All syncs are paused");
});

export const resumeAll = formAction(z.object({}), async (caller) => {
  await resumeEverything(caller);
  return done("Syncs are resumed");
});

export const removeDemo = formAction(
  z.object({ confirmation: z.string() }),
  async (caller, { confirmation }) => {
    confirmed(confirmation, "demo data");
    await removeDemoData(caller);
    // The page that was open may be about something that is gone.
    return goTo("/");
  },
);
