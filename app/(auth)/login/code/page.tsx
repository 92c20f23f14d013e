import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { returnPath } from "../../../_server/session/return-to.ts";
import { secondStep } from "../../../_server/session/session.ts";
import { enterCode } from "./actions.ts";
import { CodeForm } from "#components/auth/code-form.tsx";

export const metadata: Metadata = { title: "Second step" };

export default async function CodePage(props: {
  searchParams: Promise<{ returnTo?: string | string[] }>;
}) {
  const returnTo = returnPath((await props.searchParams).returnTo);
  const step = await secondStep();
  if (!step) redirect(`/login?returnTo=${encodeURIComponent(returnTo)}`);
  return <CodeForm action={enterCode} returnTo={returnTo} email={step.email} />;
}
