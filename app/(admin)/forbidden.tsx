import type { Metadata } from "next";
import { ForbiddenNotice } from "#components/errors/forbidden.tsx";

export const metadata: Metadata = { title: "Not permitted" };

export default ForbiddenNotice;
