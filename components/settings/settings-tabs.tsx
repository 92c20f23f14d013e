import { TabNav } from "#components/layout/navigation/tab-nav.tsx";

const TABS = [
  { href: "/settings", label: "Access" },
  { href: "/settings/account", label: "Your account" },
  { href: "/settings/single-sign-on", label: "Single sign-on" },
  { href: "/settings/sessions", label: "Sessions" },
  { href: "/settings/people", label: "People’s data" },
  { href: "/settings/alerts", label: "Alerts" },
  { href: "/settings/webhooks", label: "Webhooks" },
  { href: "/settings/keys", label: "Signing keys" },
];

export function SettingsTabs() {
  return <TabNav label="Settings" tabs={TABS} />;
}
