export { say as sayDone } from "#components/ui/said.ts";
