import type { Metadata } from "next";
import { NotFoundNotice } from "#components/errors/not-found.tsx";

export const metadata: Metadata = { title: "Not found" };

export default NotFoundNotice;
