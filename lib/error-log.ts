import type { Logger } from "pino";
import { loggable } from "./loggable.ts";

export type ErrorLog = {
  /** `where` is the line's message; `facts` are logged beside the error and its cause. */
  report(where: string, error: unknown, facts?: object): void;
};

const MINUTE_MS = 60_000;

/**
 * Writes errors to the log. Those of a database that is away are one line at once and one a minute
 * with their count, however many requests and jobs meet them.
 */
export function createErrorLog(
  log: Pick<Logger, "error">,
  options: { isAway: (error: unknown) => boolean; minuteMs?: number },
): ErrorLog {
  const { isAway, minuteMs = MINUTE_MS } = options;
  let timer: NodeJS.Timeout | undefined;
  let times = 0;
  let last: unknown;

  const tellCount = () => {
    if (times === 0) {
      clearInterval(timer);
      timer = undefined;
      return;
    }
    log.error({ err: loggable(last), times }, "the database does not answer");
    times = 0;
  };

  return {
    report(where, error, facts) {
      if (!isAway(error)) return log.error({ err: loggable(error), ...facts }, where);
      last = error;
      times += 1;
      if (timer) return;
      tellCount();
      timer = setInterval(tellCount, minuteMs).unref();
    },
  };
}
