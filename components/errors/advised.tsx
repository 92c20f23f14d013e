import { lazily } from "#components/ui/lazily.tsx";
import type { AdvisedProps } from "./explained/with-advice.tsx";

/** What is known of an error; the table of all of them is loaded where there is one to explain. */
export const Advised = lazily<AdvisedProps>(() =>
  import("./explained/with-advice.tsx").then(({ WithAdvice }) => WithAdvice),
);

/** A short heading for an error, for tables. */
export function ErrorTitle({ code }: { code: string }) {
  return <Advised code={code}>{({ title }) => title}</Advised>;
}
