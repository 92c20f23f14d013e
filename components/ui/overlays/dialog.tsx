"use client";

import { X } from "lucide-react";
import { useId, useState, type MouseEvent, type ReactNode } from "react";
import { Button } from "../buttons/button.tsx";
import { Modal } from "./modal.tsx";
import { withProps } from "../with-props.ts";

/** A modal dialog; `trigger` is the button that opens it, where `isOpen` does not say so. */
export function Dialog(props: {
  trigger?: ReactNode;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}) {
  const id = useId();
  const [isOpenHere, setOpenHere] = useState(false);
  const isOpen = props.isOpen ?? isOpenHere;

  function setOpen(next: boolean) {
    setOpenHere(next);
    props.onOpenChange?.(next);
  }

  return (
    <>
      {props.trigger &&
        withProps(props.trigger, {
          "aria-haspopup": "dialog",
          "aria-expanded": isOpen,
          onClick: () => setOpen(true),
        })}
      <Modal
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        aria-labelledby={`${id}-title`}
        aria-describedby={props.description ? `${id}-description` : undefined}
        className="m-auto max-h-[85dvh] w-[calc(100vw-2rem)] max-w-lg overflow-y-auto rounded-lg p-5"
      >
        {isOpen && (
          <>
            <h2 id={`${id}-title`} className="pe-8 text-lg font-semibold">
              {props.title}
            </h2>
            {props.description && (
              <div id={`${id}-description`} className="mt-1 text-sm text-muted">
                {props.description}
              </div>
            )}
            <div className="mt-4">{props.children}</div>
            <DialogClose>
              <Button look="quiet" size="icon" aria-label="Close" className="absolute end-3 top-3">
                <X aria-hidden />
              </Button>
            </DialogClose>
          </>
        )}
      </Modal>
    </>
  );
}

export function DialogFooter({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>;
}

/** Makes the one button in it close the dialog that it stands in. */
export function DialogClose({ children }: { children: ReactNode }) {
  return withProps(children, { onClick: closeAround });
}

export function closeAround(event: MouseEvent): void {
  event.currentTarget.closest("dialog")?.close();
}
