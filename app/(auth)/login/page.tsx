import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { demoCredentials } from "../../_server/demo.ts";
import { returnPath } from "../../_server/session/return-to.ts";
import { currentOperator, isFirstRun } from "../../_server/session/session.ts";
import { signIn } from "./actions.ts";
import { SignInForm } from "#components/auth/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default async function LoginPage(props: {
  searchParams: Promise<{ returnTo?: string | string[] }>;
}) {
  const returnTo = returnPath((await props.searchParams).returnTo);
  if (await currentOperator()) redirect(returnTo);
  if (await isFirstRun()) redirect("/setup");
  return <SignInForm action={signIn} returnTo={returnTo} demo={await demoCredentials()} />;
}
