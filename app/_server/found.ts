import { notFound } from "next/navigation";
import { NotFound } from "#lib/operations/errors.ts";

/** What an operation read, or the page that says that there is no such thing. */
export async function found<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NotFound) notFound();
    throw error;
  }
}
