"use client";

export { PageError as default } from "#components/errors/page/page-error.tsx";
