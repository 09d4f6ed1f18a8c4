import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { AdminRegion, DetailWidgetProps } from "@medusajs/framework/types"
import { Container, Heading, StatusBadge, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { Link } from "react-router-dom"
import { type GatewayProvider, useProviders } from "../components/gateway-settings/api"
import { AccountBadge } from "../components/gateway-settings/providers-list"
import { gatewayName } from "../lib/gateway-name"
import { useWords } from "../lib/words"
import { SubtleText } from "../components/text"

/** The gateways of a region by their names, which core writes by their ids: those that are enabled, and that could be. */
export default function RegionGateways({ data: { id } }: DetailWidgetProps<AdminRegion>) {
  const { t } = useWords()
  const { data: providers } = useProviders()
  const of = (regions: (provider: GatewayProvider) => readonly { id: string }[]) =>
    (providers ?? []).filter((provider) => regions(provider).some((region) => region.id === id))
  const enabled = of((provider) => provider.regions)
  const possible = of((provider) => provider.possible_regions)
  if (enabled.length + possible.length === 0) {
    return null // none of this plugin's, not loaded yet, or not allowed to be seen
  }
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("settings.title")}</Heading>
        <SubtleText>{t("settings.regions.widget")}</SubtleText>
      </div>
      <ul className="divide-y">
        {enabled.map((provider) => (
          <Gateway key={provider.id} provider={provider}>
            <AccountBadge kind={provider.account.kind} />
            <Enabled provider={provider} regionId={id} />
          </Gateway>
        ))}
        {possible.map((provider) => (
          <Gateway key={provider.id} provider={provider}>
            <StatusBadge color="grey" className="text-nowrap">
              {t("settings.regions.possible")}
            </StatusBadge>
          </Gateway>
        ))}
      </ul>
    </Container>
  )
}

function Gateway({
  provider: { id },
  children,
}: {
  provider: GatewayProvider
  children: ReactNode
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 px-6 py-3">
      <div className="min-w-0">
        <Link
          to={`/settings/payment-gateways/${id}`}
          className="text-ui-fg-interactive text-sm font-medium"
        >
          {gatewayName(id)}
        </Link>
        <Text size="small" leading="compact" className="text-ui-fg-subtle break-all">
          {id}
        </Text>
      </div>
      <div className="flex flex-wrap gap-2">{children}</div>
    </li>
  )
}

function Enabled({ provider, regionId }: { provider: GatewayProvider; regionId: string }) {
  const { t } = useWords()
  const fits = provider.regions.some((region) => region.id === regionId && region.fits)
  return (
    <StatusBadge color={fits ? "green" : "red"} className="text-nowrap">
      {t(fits ? "settings.regions.enabled" : "settings.regions.otherCurrency")}
    </StatusBadge>
  )
}

export const config = defineWidgetConfig({
  zone: "region.details.after",
  id: "medusa-regional-payments:region-gateways",
})
