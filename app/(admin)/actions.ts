"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { formAction, goTo } from "../_server/form-action.ts";
import { signOut } from "../_server/session.ts";
import { removeDemoData } from "#lib/operations/demo-data.ts";

export async function leave(): Promise<void> {
  await signOut();
  redirect("/login");
}

export const removeDemo = formAction(z.object({}), async (caller) => {
  await removeDemoData(caller);
  // The page that was open may be about something that is gone.
  return goTo("/");
});
