import { forbidden, notFound } from "next/navigation";
import { NotFound, NotPermitted } from "#lib/operations/errors.ts";

/** What an operation read, or the page that says that it is not there, or not for this person. */
export async function found<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NotFound) notFound();
    if (error instanceof NotPermitted) forbidden();
    throw error;
  }
}
