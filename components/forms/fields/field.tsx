import type { FieldMetadata } from "@conform-to/react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import { Label } from "#components/ui/fields/field-controls.tsx";

export type FieldWords = {
  label: string;
  hint?: ReactNode;
  isOptional?: boolean;
  className?: string;
};

/** A field of any form: what matters to how it is shown. */
export type FormField = Pick<
  FieldMetadata<unknown>,
  "key" | "id" | "name" | "descriptionId" | "errorId" | "errors" | "initialValue"
>;

/** A label, its control, what to know before and what was wrong after. */
export function Field(
  props: FieldWords & { field: FormField; children: ReactNode; htmlFor?: string },
) {
  const { field } = props;
  return (
    <div className={cn("space-y-1.5", props.className)}>
      <Label htmlFor={props.htmlFor ?? field.id} className="flex items-baseline gap-2">
        {props.label}
        {props.isOptional && <span className="text-xs font-normal text-faint">optional</span>}
      </Label>
      {props.children}
      <FieldHint id={field.descriptionId}>{props.hint}</FieldHint>
      <FieldErrors id={field.errorId} messages={field.errors} />
    </div>
  );
}

export function FieldHint({ id, children }: { id: string; children?: ReactNode }) {
  if (!children) return null;
  return (
    <p id={id} className="text-xs text-muted first-letter:uppercase">
      {children}
    </p>
  );
}

export function FieldErrors({ id, messages }: { id: string; messages?: string[] }) {
  if (!messages?.length) return null;
  return (
    <ul id={id} className="space-y-0.5 text-xs font-medium text-bad">
      {messages.map((message) => (
        <li key={message} className="first-letter:uppercase">
          {message}
        </li>
      ))}
    </ul>
  );
}

/** Ids of the texts that describe a control, for `aria-describedby`. */
export function describedBy(field: FormField, hint: ReactNode): string | undefined {
  const ids = [hint ? field.descriptionId : "", field.errors?.length ? field.errorId : ""];
  return ids.filter(Boolean).join(" ") || undefined;
}
