import { TriangleRightMini } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { formatAge } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useWords } from "../../lib/words"
import type { GatewayProvider } from "./api"
import { AccountBadge, StateBadge } from "./badges"
import { useSharePhrase } from "./messages-section"

/** One row for each provider: what it is, which account, and whether something is missing. */
export function ProvidersList({ providers }: { providers: readonly GatewayProvider[] }) {
  return (
    <ul className="divide-y">
      {providers.map((provider) => (
        <li key={provider.id}>
          <Link
            to={`/settings/payment-gateways/${provider.id}`}
            className="hover:bg-ui-bg-base-hover focus-visible:bg-ui-bg-base-hover flex items-center gap-x-4 px-6 py-4 outline-none"
          >
            <ProviderRow provider={provider} />
            <TriangleRightMini className="text-ui-fg-muted shrink-0" aria-hidden="true" />
          </Link>
        </li>
      ))}
    </ul>
  )
}

function ProviderRow({ provider }: { provider: GatewayProvider }) {
  const { t } = useWords()
  const { id, account, state, regions } = provider
  return (
    <div className="grid min-w-0 flex-1 grid-cols-1 gap-x-4 gap-y-2 md:grid-cols-[2fr_2fr_2fr_10rem] md:items-center">
      <div className="min-w-0">
        <Text size="small" leading="compact" weight="plus">
          {gatewayName(id)}
        </Text>
        <Text size="small" leading="compact" className="text-ui-fg-subtle break-all">
          {id}
        </Text>
      </div>
      <div className="min-w-0">
        <AccountBadge kind={account.kind} />
        <Text size="small" leading="compact" className="text-ui-fg-subtle mt-1 break-all">
          {account.address}
        </Text>
      </div>
      <div className="min-w-0">
        <Text size="small" leading="compact" className="text-ui-fg-subtle">
          {regions.length > 0
            ? regions.map(({ name }) => name).join(", ")
            : t("settings.regions.none")}
        </Text>
        <LastMessage provider={provider} />
      </div>
      <div className="md:justify-self-end">
        <StateBadge state={state} />
      </div>
    </div>
  )
}

function LastMessage({ provider }: { provider: GatewayProvider }) {
  const { t, language } = useWords()
  const share = useSharePhrase()(provider)
  const { last_at } = provider.messages
  if (provider.webhooks === "none") {
    return null
  }
  return (
    <Text size="small" leading="compact" className="text-ui-fg-subtle">
      {last_at === null
        ? t("settings.messages.never")
        : `${t("settings.messages.lastAge", { age: formatAge(last_at, language) })} · ${share}`}
    </Text>
  )
}
