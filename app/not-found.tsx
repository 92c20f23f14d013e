import type { Metadata } from "next";
import { NotFoundNotice } from "#components/errors/not-found.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFoundPage() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <NotFoundNotice />
    </main>
  );
}
