import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { demoCredentials } from "../../_server/demo.ts";
import { returnPath } from "../../_server/session/return-to.ts";
import { currentOperator, isFirstRun, passkeysAreOffered } from "../../_server/session/session.ts";
import { refusalWords, singleSignOnOffer } from "../../_server/session/single-sign-on.ts";
import { askPasskey, signIn, signInByPasskey } from "./actions.ts";
import { SignInForm } from "#components/auth/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

type Asked = { returnTo?: string | string[]; refused?: string | string[] };

export default async function LoginPage(props: { searchParams: Promise<Asked> }) {
  const asked = await props.searchParams;
  const returnTo = returnPath(asked.returnTo);
  if (await currentOperator()) redirect(returnTo);
  if (await isFirstRun()) redirect("/setup");
  const { label, passwordsAreOff } = await singleSignOnOffer();
  const href = `/login/single-sign-on?returnTo=${encodeURIComponent(returnTo)}`;
  return (
    <SignInForm
      action={signIn}
      returnTo={returnTo}
      demo={await demoCredentials()}
      singleSignOn={label === null ? null : { label, href }}
      passwordsAreOff={passwordsAreOff}
      passkey={
        !passwordsAreOff && (await passkeysAreOffered())
          ? { ask: askPasskey, enter: signInByPasskey }
          : null
      }
      refused={refusalWords(asked.refused)}
    />
  );
}
