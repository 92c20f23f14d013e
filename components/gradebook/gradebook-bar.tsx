import { Download } from "lucide-react";
import { Button } from "#components/ui/buttons/button.tsx";
import { Input, Select } from "#components/ui/fields/field-controls.tsx";
import { CELL_FILTERS, CELL_WORDS } from "./cell-words.ts";

/** Narrows the gradebook, by a form that needs no JavaScript, and gives it as a file. */
export function GradebookBar(props: {
  q: string;
  state: string;
  /** Who does not see names cannot search for them. */
  canSearch: boolean;
  csvHref: string;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b p-3">
      <form method="get" role="search" className="flex flex-wrap items-center gap-2">
        {props.canSearch && (
          <Input
            type="search"
            name="q"
            aria-label="Search people"
            placeholder="Name or user ID"
            defaultValue={props.q}
            className="h-8 w-full text-sm sm:w-56"
          />
        )}
        <Select
          name="state"
          aria-label="Scores"
          defaultValue={props.state}
          className="h-8 w-auto text-sm"
        >
          <option value="">All people</option>
          {CELL_FILTERS.map((state) => (
            <option key={state} value={state}>
              With a score: {CELL_WORDS[state].word.toLowerCase()}
            </option>
          ))}
        </Select>
        <Button type="submit" size="sm">
          Show
        </Button>
      </form>
      <Button asChild size="sm" look="quiet" className="ms-auto">
        <a href={props.csvHref}>
          <Download aria-hidden /> Export CSV
        </a>
      </Button>
    </div>
  );
}
