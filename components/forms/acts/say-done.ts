export { say as sayDone } from "#components/ui/toasts/said.ts";
