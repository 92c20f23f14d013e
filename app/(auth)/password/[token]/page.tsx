import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { choosePassword } from "./actions.ts";
import { ChoosePasswordForm, LinkOver } from "#components/auth/choose-password-form.tsx";
import { NotFound } from "#lib/operations/errors.ts";
import { readPasswordLink } from "#lib/operations/passwords/password-links.ts";
import { getRuntime } from "#lib/runtime.ts";

export const metadata: Metadata = { title: "Choose a password", robots: "noindex" };

export default async function PasswordPage(props: { params: Promise<{ token: string }> }) {
  const { token } = await props.params;
  const { singleSignOn } = await getRuntime();
  if (!(await singleSignOn.mayUsePasswords())) redirect("/login");
  const person = await whoseLink(token);
  if (!person) return <LinkOver />;
  return <ChoosePasswordForm action={choosePassword} token={token} person={person} />;
}

async function whoseLink(token: string): Promise<{ name: string; email: string } | null> {
  const { db } = await getRuntime();
  return readPasswordLink(db, { token, now: new Date() }).catch((error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
}
