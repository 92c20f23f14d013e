import { ChevronRight } from "lucide-react";

/** Where in the LMS: the menus to open, one after the other. */
export function MenuPath({ steps }: { steps: readonly string[] }) {
  if (steps.length === 0) return null;
  return (
    <div>
      <h3 className="text-xs text-muted">Where</h3>
      <ol className="flex flex-wrap items-center gap-x-1 text-sm font-medium">
        {steps.map((step, index) => (
          <li key={step} className="flex items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-3.5 text-faint" />}
            {step}
          </li>
        ))}
      </ol>
    </div>
  );
}
