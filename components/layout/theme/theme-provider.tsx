"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import { useState, type ReactNode } from "react";

export function ThemeProvider(props: { nonce?: string; children: ReactNode }) {
  // Each page has a nonce; what was not loaded anew goes on under the policy of the first.
  const [nonce] = useState(props.nonce);
  return (
    <NextThemes
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={nonce}
    >
      {props.children}
    </NextThemes>
  );
}
