"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { useReturnFocus } from "./use-return-focus.ts";

/** A modal dialog; `trigger` is the button that opens it, where `isOpen` does not say so. */
export function Dialog(props: {
  trigger?: ReactNode;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}) {
  const returnFocus = useReturnFocus();
  return (
    <Primitive.Root open={props.isOpen} onOpenChange={props.onOpenChange}>
      {props.trigger && <Primitive.Trigger asChild>{props.trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Primitive.Content
          {...returnFocus}
          {...(!props.description && { "aria-describedby": undefined })}
          className="fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-lg border bg-surface p-5 shadow-float"
        >
          <Primitive.Title className="pe-8 text-lg font-semibold">{props.title}</Primitive.Title>
          {props.description && (
            <Primitive.Description asChild>
              <div className="mt-1 text-sm text-muted">{props.description}</div>
            </Primitive.Description>
          )}
          <div className="mt-4">{props.children}</div>
          <Primitive.Close asChild>
            <Button look="quiet" size="icon" aria-label="Close" className="absolute end-3 top-3">
              <X aria-hidden />
            </Button>
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export function DialogFooter({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>;
}

export const DialogClose = Primitive.Close;
