import type { Metadata } from "next";
import { ForbiddenNotice } from "#components/access/forbidden.tsx";

export const metadata: Metadata = { title: "Not permitted" };

export default ForbiddenNotice;
