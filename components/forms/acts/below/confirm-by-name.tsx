"use client";

import { lazily } from "#components/ui/lazily.tsx";
import type { ByNameProps } from "../confirm-by-name.tsx";

/** The same below a long form, whose scripts come first. */
export const ConfirmByName = lazily<ByNameProps>(() =>
  import("../confirm-by-name.tsx").then((file) => file.ConfirmByName),
);
