import path from "node:path";

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run typecheck` does it, in CI too; whoever starts the demo need not wait for it.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: path.resolve(import.meta.dirname) },
  serverExternalPackages: ["nodemailer", "pg", "pg-boss", "pino", "undici"],
  // A CSV of fifty thousand scores, and its preview beside it.
  experimental: {
    serverActions: { bodySizeLimit: "20mb" },
    // A page that is not for somebody says so, with 403: app/_server/found.ts.
    authInterrupts: true,
  },
  // Where settings were edited before.
  async redirects() {
    return ["/registrations/:id/edit", "/courses/:id/edit"].map((source) => ({
      source,
      destination: source.replace("edit", "settings"),
      permanent: true,
    }));
  },
};

export default config;
