import { StatusBadge, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { Link } from "react-router-dom"
import { useWords } from "../../lib/words"
import type { GatewayProvider } from "./api"

/** Where shoppers are offered it, and where they could be. */
export function RegionsSection({ provider }: { provider: GatewayProvider }) {
  const { t } = useWords()
  const { regions, possible_regions, currencies } = provider
  return (
    <>
      <Text size="small" className="text-ui-fg-subtle px-6 py-3">
        {t("settings.regions.currencies", { currencies: currencies.join(", ") })}
      </Text>
      <ul className="divide-y">
        {regions.map(({ fits, ...region }) => (
          <Region key={region.id} region={region}>
            <StatusBadge color={fits ? "green" : "red"} className="text-nowrap">
              {t(fits ? "settings.regions.enabled" : "settings.regions.otherCurrency")}
            </StatusBadge>
          </Region>
        ))}
        {possible_regions.map((region) => (
          <Region key={region.id} region={region}>
            <StatusBadge color="grey" className="text-nowrap">
              {t("settings.regions.possible")}
            </StatusBadge>
          </Region>
        ))}
      </ul>
      {regions.length + possible_regions.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-3">
          {t("settings.regions.noneFits")}
        </Text>
      )}
    </>
  )
}

function Region({
  region: { id, name, currency_code },
  children,
}: {
  region: GatewayProvider["possible_regions"][number]
  children: ReactNode
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 px-6 py-3">
      <Link to={`/settings/regions/${id}`} className="text-ui-fg-interactive text-sm">
        {`${name} (${currency_code.toUpperCase()})`}
      </Link>
      {children}
    </li>
  )
}
