"use server";

import { redirect } from "next/navigation";
import { signOut } from "../_server/session.ts";

export async function leave(): Promise<void> {
  await signOut();
  redirect("/login");
}
