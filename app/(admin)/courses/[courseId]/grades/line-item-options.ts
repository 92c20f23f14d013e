import type { Option } from "#components/forms/fields/select-field.tsx";
import type { Asker } from "#lib/operations/caller.ts";
import { listLineItems } from "#lib/operations/line-items/line-items.ts";
import { formatNumber } from "#lib/format.ts";

/** The line items of a course, to choose one from; `given` if it is one of them, or the only one. */
export async function lineItemOptions(
  caller: Asker,
  { courseId, given }: { courseId: string; given: string | string[] | undefined },
): Promise<{ options: Option[]; chosen: string | undefined }> {
  const { items } = await listLineItems(caller, { courseId, limit: 200 });
  const usable = items.filter(({ deletedBy }) => deletedBy === null);
  const options = usable.map(({ id, label, scoreMaximum }) => ({
    value: id,
    label: `${label} (maximum ${formatNumber(scoreMaximum)})`,
  }));
  const chosen =
    options.find(({ value }) => value === given) ?? (options.length === 1 ? options[0] : undefined);
  return { options, chosen: chosen?.value };
}
