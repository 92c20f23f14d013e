import type { Metadata } from "next";
import { choosePassword } from "./actions.ts";
import { ChoosePasswordForm, LinkOver } from "#components/auth/choose-password-form.tsx";
import { NotFound } from "#lib/operations/errors.ts";
import { readPasswordLink } from "#lib/operations/passwords/password-links.ts";
import { getRuntime } from "#lib/runtime.ts";

export const metadata: Metadata = { title: "Choose a password", robots: "noindex" };

export default async function PasswordPage(props: { params: Promise<{ token: string }> }) {
  const { token } = await props.params;
  const { db } = await getRuntime();
  try {
    const person = await readPasswordLink(db, { token, now: new Date() });
    return <ChoosePasswordForm action={choosePassword} token={token} person={person} />;
  } catch (error) {
    if (error instanceof NotFound) return <LinkOver />;
    throw error;
  }
}
