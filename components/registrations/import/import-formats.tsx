/** Which files are read, beside the form. */
export function ImportFormats() {
  return (
    <section aria-labelledby="formats-title" className="space-y-2 text-sm">
      <h3 id="formats-title" className="font-semibold">
        Files that are read
      </h3>
      <dl className="space-y-2">
        <div>
          <dt className="font-medium">PyLTI1p3</dt>
          <dd className="text-muted">its JSON configuration, by issuer</dd>
        </div>
        <div>
          <dt className="font-medium">ltijs</dt>
          <dd className="text-muted">
            platforms as its database exports them (a list, or one a line), or as{" "}
            <code className="font-mono text-xs">registerPlatform</code> takes them
          </dd>
        </div>
        <div>
          <dt className="font-medium">CSV</dt>
          <dd className="text-muted">
            a first line with <code className="font-mono text-xs">name</code>,{" "}
            <code className="font-mono text-xs">issuer</code>,{" "}
            <code className="font-mono text-xs">client_id</code>,{" "}
            <code className="font-mono text-xs">token_endpoint</code>,{" "}
            <code className="font-mono text-xs">authorization_endpoint</code>,{" "}
            <code className="font-mono text-xs">jwks_url</code>; if you like{" "}
            <code className="font-mono text-xs">audience</code> and{" "}
            <code className="font-mono text-xs">deployment_ids</code>, separated by semicolons
          </dd>
        </div>
      </dl>
      <p className="text-muted">
        Private keys in such files are not read. One of the tool is imported on the registration’s
        page.
      </p>
    </section>
  );
}
