import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { isFirstRun } from "../../_server/session/session.ts";
import { setUp } from "./actions.ts";
import { SetupForm } from "#components/auth/setup-form.tsx";

export const metadata: Metadata = { title: "First operator" };

export default async function SetupPage() {
  if (!(await isFirstRun())) redirect("/login");
  return <SetupForm action={setUp} />;
}
