"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonProps } from "./button.tsx";

/** Copies `text`; says so in the button and to assistive technology. */
export function CopyButton(props: {
  text: string;
  label: string;
  children?: string;
  look?: ButtonProps["look"];
}) {
  const [isCopied, setIsCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => {
    await copyText(props.text);
    setIsCopied(true);
  };
  const Icon = isCopied ? Check : Copy;
  return (
    <Button
      look={props.look ?? (props.children ? "secondary" : "quiet")}
      size={props.children ? "sm" : "icon"}
      className={props.children ? "relative z-1" : "relative z-1 size-6 [&_svg]:size-3.5"}
      aria-label={props.children ? undefined : props.label}
      title={props.children ? undefined : props.label}
      onClick={copy}
    >
      <Icon aria-hidden />
      {props.children}
      <span role="status" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </Button>
  );
}

// The clipboard API exists only in secure contexts; a console on plain http has none.
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
