import { Download } from "lucide-react";
import { Button } from "#components/ui/buttons/button.tsx";
import { CodeBlock } from "#components/ui/text/code-block.tsx";

const SAMPLE = `user_id,score,comment
a3f0c2d1,87.5,Well argued
b81e77aa,62,`;

const OPTIONAL = ["score_maximum", "comment", "activity_progress", "grading_progress"];

/** What a CSV of scores looks like. */
export function CsvColumns({ courseId }: { courseId: string }) {
  return (
    <div className="space-y-3 text-sm">
      <p>
        The first line names the columns. <Name>user_id</Name> and <Name>score</Name> are needed;
        known besides:{" "}
        {OPTIONAL.map((name, index) => (
          <span key={name}>
            {index > 0 && ", "}
            <Name>{name}</Name>
          </span>
        ))}
        . Commas, semicolons and tabs are recognised.
      </p>
      <CodeBlock code={SAMPLE} label="the sample" />
      <div>
        <Button asChild size="sm">
          <a href={`/courses/${courseId}/grades/template`} download="scores.csv">
            <Download aria-hidden /> Template with this roster
          </a>
        </Button>
        <p className="mt-1.5 text-xs text-muted">
          One line per learner. Delete the lines that you have no score for.
        </p>
      </div>
    </div>
  );
}

function Name({ children }: { children: string }) {
  return <code className="font-mono text-xs font-medium">{children}</code>;
}
