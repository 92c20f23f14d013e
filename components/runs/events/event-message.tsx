import { Fragment } from "react";
import { ClockTime } from "#components/live/time/time.tsx";

const MOMENT = /(\d{4}-\d{2}-\d{2}T[\d:.]+Z)/;

/** An event's words; the moments in them are shown in the reader's own zone. */
export function EventMessage({ text }: { text: string }) {
  const parts = text.split(MOMENT);
  return parts.map((part, index) => (
    <Fragment key={index}>{index % 2 === 1 ? <ClockTime at={part} /> : part}</Fragment>
  ));
}
