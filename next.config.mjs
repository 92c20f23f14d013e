import path from "node:path";

const isDevelopment = process.env.NODE_ENV === "development";

// Scripts and styles are inline where Next puts them; nothing comes from another host.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
];

// A platform opens the launch pages in a frame and posts to them; the console is for itself alone.
const consolePolicy = [...contentSecurityPolicy, "form-action 'self'", "frame-ancestors 'none'"];

const commonHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run typecheck` does it, in CI too; whoever starts the demo need not wait for it.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: path.resolve(import.meta.dirname) },
  serverExternalPackages: ["pg", "pg-boss", "pino", "undici"],
  // A CSV of fifty thousand scores, and its preview beside it.
  experimental: { serverActions: { bodySizeLimit: "20mb" } },
  // Where settings were edited before.
  async redirects() {
    return ["/registrations/:id/edit", "/courses/:id/edit"].map((source) => ({
      source,
      destination: source.replace("edit", "settings"),
      permanent: true,
    }));
  },
  async headers() {
    return [
      { source: "/:path*", headers: commonHeaders },
      {
        source: "/lti/:path*",
        headers: [{ key: "Content-Security-Policy", value: contentSecurityPolicy.join("; ") }],
      },
      {
        source: "/((?!lti/).*)",
        headers: [
          { key: "Content-Security-Policy", value: consolePolicy.join("; ") },
          { key: "X-Frame-Options", value: "DENY" },
          { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
          { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
        ],
      },
    ];
  },
};

export default config;
