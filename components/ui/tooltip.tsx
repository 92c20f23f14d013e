"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";

/** An explanation on hover and focus. `children` must be able to take the focus. */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={200}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        {/* Beside its trigger, not at the end of the document: there it lies in no landmark. */}
        <Primitive.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-xs rounded-md border bg-surface px-2.5 py-1.5 text-xs text-ink shadow-float"
        >
          {text}
        </Primitive.Content>
      </Primitive.Root>
    </Primitive.Provider>
  );
}
