/** An answer other than 2xx, in the words of its problem details (RFC 9457). */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** What was wrong with single fields of the question. */
    readonly reasons: readonly string[] = [],
  ) {
    super(message);
    this.name = "ApiProblem";
  }
}

/** What came for one read. */
export type Answer = { status: number; body: unknown };

/** @throws ApiProblem */
export function answerOf<Data>(answer: Answer | undefined): Data {
  const { status = 500, body = null } = answer ?? {};
  if (status >= 200 && status < 300) return body as Data;
  throw toProblem(status, body);
}

function toProblem(status: number, body: unknown): ApiProblem {
  const problem = typeof body === "object" && body !== null ? body : {};
  const code = "code" in problem ? String(problem.code) : `http.${status}`;
  const message =
    "detail" in problem && problem.detail
      ? String(problem.detail)
      : "title" in problem && problem.title
        ? String(problem.title)
        : `the server answered ${status}`;
  const fields = "fields" in problem ? Object.values(problem.fields ?? {}) : [];
  return new ApiProblem(status, code, message, fields.flat().map(String));
}
