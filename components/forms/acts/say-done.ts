/** Says that something was done; what shows it is loaded when there is something to show. */
export function sayDone(message: string): void {
  void import("sonner").then(({ toast }) => toast.success(message));
}
