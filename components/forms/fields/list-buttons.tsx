import type { DefaultValue, FieldMetadata, FormMetadata } from "@conform-to/react";
import { Plus, X } from "lucide-react";
import { Button } from "#components/ui/buttons/button.tsx";

type List<Entry> = { form: FormMetadata; field: FieldMetadata<Entry[]> };

/** Adds an entry to a list. A submission, so that it works without JavaScript. */
export function AddEntry<Entry>(props: List<Entry> & { entry: DefaultValue<Entry>; word: string }) {
  const { form, field } = props;
  return (
    <Button
      {...form.insert.getButtonProps({ name: field.name, defaultValue: props.entry })}
      type="submit"
      // Of an empty list an error leads here.
      id={field.getFieldList().length === 0 ? field.id : undefined}
      size="sm"
    >
      <Plus aria-hidden /> {props.word}
    </Button>
  );
}

/** Takes an entry out of a list; a submission too. */
export function RemoveEntry<Entry>(props: List<Entry> & { index: number; name: string }) {
  const { form, field, index } = props;
  return (
    <Button
      {...form.remove.getButtonProps({ name: field.name, index })}
      type="submit"
      look="quiet"
      size="icon"
      aria-label={`Remove ${props.name}`}
      className="size-9"
    >
      <X aria-hidden />
    </Button>
  );
}
