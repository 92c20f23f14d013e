"use client";

import { useTheme } from "next-themes";
import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { subscribeToSaid, takeSaid } from "./said.ts";

/** Short confirmations. An error is never shown here alone. */
export function Toaster() {
  const { resolvedTheme } = useTheme();

  useEffect(() => {
    const show = () => takeSaid().forEach((message) => toast.success(message));
    show();
    return subscribeToSaid(show);
  }, []);

  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      toastOptions={{
        classNames: {
          toast: "!border-line !bg-surface !text-ink !shadow-float !font-sans",
          description: "!text-muted",
        },
      }}
    />
  );
}
