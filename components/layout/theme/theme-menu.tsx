"use client";

import { SunMoon } from "lucide-react";
import { lazy, Suspense, useId, useRef, useState } from "react";

const loadChoice = () => import("./theme-choice.tsx");
const ThemeChoice = lazy(async () => ({ default: (await loadChoice()).ThemeChoice }));

/** A menu button; what it opens is loaded when it is pressed first. */
export function ThemeMenu() {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [wasPressed, setWasPressed] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        popoverTarget={wasPressed ? id : undefined}
        onPointerEnter={() => void loadChoice()}
        onClick={(event) => {
          if (wasPressed) return;
          // The menu opens itself once it is there.
          event.preventDefault();
          setWasPressed(true);
        }}
        className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-sm font-medium hover:bg-hover"
      >
        <SunMoon aria-hidden className="size-4 text-muted" />
        Theme
      </button>
      {wasPressed && (
        <Suspense>
          <ThemeChoice id={id} openedBy={button} />
        </Suspense>
      )}
    </>
  );
}
