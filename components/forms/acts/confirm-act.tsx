"use client";

import { useEffect, useId, useRef, type MouseEvent, type ReactNode } from "react";
import { ProofNeeded } from "#components/access/proof-needed.tsx";
import { useRefusal } from "#components/access/rights.tsx";
import { Button, type ButtonProps } from "#components/ui/buttons/button.tsx";
import { Input } from "#components/ui/fields/field-controls.tsx";
import { HeldBack } from "#components/ui/overlays/held-back.tsx";
import type { FormAction } from "../form-state.ts";
import { useAct } from "../use-act.ts";
import { ActionButton } from "./action-button.tsx";
import { sayDone } from "./say-done.ts";
import { SubmitButton } from "./submit-button.tsx";
import { useRereadWhenDone } from "./use-reread-when-done.ts";

type Props = {
  action: FormAction;
  values: Record<string, string>;
  /** What the button says, and what it is called where several say the same. */
  word: ReactNode;
  label?: string;
  look?: ButtonProps["look"];
  size?: ButtonProps["size"];
  title: string;
  /** What goes, how many and who, and what stays. */
  children: ReactNode;
  /** What the button in the dialog says. */
  act: string;
  /** `go` where nothing is lost by it; else the button is that of something destructive. */
  tone?: "go" | "danger";
  /** To be typed where it is lost for good. */
  typedName?: string;
  /** Why this cannot be done now. */
  blocked?: ReactNode;
};

/**
 * A button that asks before it acts: for what cannot be taken back, and for what touches more than
 * a few. The dialog is the browser's own: without JavaScript it opens as a popover.
 */
export function ConfirmAct(props: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const reason = useRefusal(props.blocked);
  const [state, submit] = useAct(props.action);

  useRereadWhenDone(state);
  useEffect(() => {
    if (state.status !== "done") return;
    dialog.current?.close();
    if (state.message) sayDone(state.message);
  }, [state]);

  const open = (event: MouseEvent) => {
    event.preventDefault();
    if (reason === null) dialog.current?.showModal();
  };
  return (
    <>
      <HeldBack reason={reason}>
        <Button
          look={props.look ?? "secondary"}
          size={props.size}
          aria-label={props.label}
          aria-haspopup="dialog"
          aria-disabled={reason !== null || undefined}
          popoverTarget={reason === null ? id : undefined}
          onClick={open}
        >
          {props.word}
        </Button>
      </HeldBack>
      {state.status === "error" && (
        // The dialog opens closed again.
        <noscript>
          <p role="alert" className="text-xs text-bad first-letter:uppercase">
            {Object.values(state.fields ?? {}).flat()[0] ?? state.message}.{" "}
            <ProofNeeded state={state} />
          </p>
        </noscript>
      )}
      <dialog
        ref={dialog}
        id={id}
        popover="auto"
        aria-labelledby={`${id}-title`}
        className="m-auto max-h-[85dvh] w-[calc(100vw-2rem)] max-w-lg overflow-y-auto rounded-lg border bg-surface p-5 text-start text-sm font-normal whitespace-normal text-ink shadow-float backdrop:bg-scrim"
      >
        <h2 id={`${id}-title`} className="text-lg font-semibold">
          {props.title}
        </h2>
        <div className="mt-2 space-y-2 text-muted">{props.children}</div>
        <form action={submit} className="mt-4 space-y-4">
          {Object.entries(props.values).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {props.typedName !== undefined && <TypedName id={id} name={props.typedName} />}
          {state.status === "error" && (
            <p role="alert" className="text-bad first-letter:uppercase">
              {Object.values(state.fields ?? {}).flat()[0] ?? state.message}{" "}
              <ProofNeeded state={state} />
            </p>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <Button
              popoverTarget={id}
              popoverTargetAction="hide"
              onClick={() => dialog.current?.close()}
            >
              Keep as it is
            </Button>
            <SubmitButton look={props.tone === "go" ? "primary" : "danger"}>
              {props.act}
            </SubmitButton>
          </div>
        </form>
      </dialog>
    </>
  );
}

/** So many people or courses an act may touch without a question. */
const FEW = 5;

/** One click where an act touches a few; where it touches more, it asks first. */
export function ActOnMany({ count, word, ...props }: Props & { count: number }) {
  if (count > FEW) return <ConfirmAct {...props} word={<>{word}…</>} />;
  const { action, values, label, look, size, blocked } = props;
  return <ActionButton {...{ action, values, label, look, size, blocked }}>{word}</ActionButton>;
}

function TypedName({ id, name }: { id: string; name: string }) {
  return (
    <div className="space-y-1">
      <label htmlFor={`${id}-name`} className="block pb-1 font-medium">
        Type “{name}” to go on
      </label>
      <Input id={`${id}-name`} name="confirmation" required autoComplete="off" spellCheck={false} />
    </div>
  );
}
