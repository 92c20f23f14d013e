import type { VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "../cn.ts";
import { withProps } from "../with-props.ts";
import { buttonClasses } from "./button-classes.ts";

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonClasses> & { asChild?: boolean; isBusy?: boolean };

export function Button({ look, size, asChild, isBusy, className, children, ...rest }: ButtonProps) {
  const classes = cn(buttonClasses({ look, size }), className);
  if (asChild) return withProps(children, { ...rest, className: classes });
  return (
    <button type="button" className={classes} aria-busy={isBusy || undefined} {...rest}>
      {isBusy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}
