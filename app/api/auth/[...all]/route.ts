import { getRuntime } from "#lib/runtime.ts";

async function answer(request: Request): Promise<Response> {
  return (await getRuntime()).signIn.handler(request);
}

export { answer as GET, answer as POST };
