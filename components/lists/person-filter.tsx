import { Button } from "#components/ui/buttons/button.tsx";

/** That a list shows one person alone, and the way back to everybody; a link led here. */
export function PersonFilter(props: { value: string; onChange: (userId: string) => void }) {
  if (props.value === "") return null;
  return (
    <p className="flex items-center gap-1.5 text-sm">
      <input type="hidden" name="userId" value={props.value} />
      <span>
        Of <code className="font-mono text-xs">{props.value}</code> alone
      </span>
      <Button size="sm" look="quiet" onClick={() => props.onChange("")}>
        Show everybody
      </Button>
    </p>
  );
}
