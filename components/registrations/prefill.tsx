"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Input, Label } from "#components/ui/field-controls.tsx";
import { valuesForSite, type Addresses, type PlatformGuide } from "./platforms/index.ts";

/**
 * Fills in the platform's addresses: a hosted environment, or the site's own address.
 *
 * Without JavaScript it is a form that asks for the page again, with the addresses filled in.
 */
export function Prefill(props: { guide: PlatformGuide; onFill: (addresses: Addresses) => void }) {
  const { guide, onFill } = props;
  if (guide.environments.length === 0 && !guide.sitePaths) return null;
  return (
    <div className="space-y-3 rounded-md border bg-sunken p-3">
      {guide.environments.length > 0 && (
        <div role="group" aria-label="Hosted environment" className="flex flex-wrap gap-2">
          {guide.environments.map((environment) => (
            <Button key={environment.key} asChild size="sm">
              <a
                href={`/registrations/new?platform=${guide.profile}&environment=${environment.key}`}
                onClick={(event) => {
                  event.preventDefault();
                  onFill(environment.values);
                }}
              >
                Fill in {guide.name} {environment.name}
              </a>
            </Button>
          ))}
        </div>
      )}
      {guide.sitePaths && <SiteAddress guide={guide} onFill={onFill} />}
    </div>
  );
}

function SiteAddress({ guide, onFill }: Parameters<typeof Prefill>[0]) {
  const [isWrong, setIsWrong] = useState(false);
  return (
    <form
      action="/registrations/new"
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const site = String(new FormData(event.currentTarget).get("site"));
        const addresses = valuesForSite(guide, site);
        setIsWrong(addresses.issuer === undefined);
        if (addresses.issuer !== undefined) onFill(addresses);
      }}
    >
      <input type="hidden" name="platform" value={guide.profile} />
      <div className="min-w-0 flex-1 basis-64 space-y-1">
        <Label htmlFor="site">
          {guide.environments.length > 0 ? `Your own ${guide.name}` : `Address of the site`}
        </Label>
        <Input
          id="site"
          name="site"
          inputMode="url"
          placeholder="https://lms.example.edu"
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? "site-error" : undefined}
        />
        {isWrong && (
          <p id="site-error" role="alert" className="text-xs font-medium text-bad">
            A full address, such as https://lms.example.edu
          </p>
        )}
      </div>
      <Button type="submit" className="h-9">
        Fill in
      </Button>
    </form>
  );
}
