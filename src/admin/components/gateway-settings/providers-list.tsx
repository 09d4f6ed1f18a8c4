import { TriangleRightMini } from "@medusajs/icons"
import { StatusBadge, Text } from "@medusajs/ui"
import type { ComponentProps } from "react"
import { Link } from "react-router-dom"
import { formatAge } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useWords } from "../../lib/words"
import type { GatewayProvider } from "./api"
import { useSharePhrase } from "./provider-sections"
import { StrongText } from "../text"

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
        <StrongText>{gatewayName(id)}</StrongText>
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

type Color = ComponentProps<typeof StatusBadge>["color"]

const stateColors: Readonly<Record<GatewayProvider["state"], Color>> = {
  ready: "green",
  attention: "orange",
  broken: "red",
}

export function StateBadge({ state }: Pick<GatewayProvider, "state">) {
  const { t } = useWords()
  return (
    <StatusBadge color={stateColors[state]} className="text-nowrap">
      {t(`settings.states.${state}`)}
    </StatusBadge>
  )
}

const accountColors: Readonly<Record<GatewayProvider["account"]["kind"], Color>> = {
  live: "green",
  test: "purple",
  unknown: "grey",
}

/** Whether money moves in the account. */
export function AccountBadge({ kind }: { kind: GatewayProvider["account"]["kind"] }) {
  const { t } = useWords()
  return (
    <StatusBadge color={accountColors[kind]} className="text-nowrap">
      {t(`settings.accounts.${kind}`)}
    </StatusBadge>
  )
}

type Outcome = NonNullable<GatewayProvider["check"]>["outcome"]

const outcomeColors: Readonly<Record<Outcome, Color>> = {
  accepted: "green",
  refused: "red",
  wrong_address: "red",
  unclear: "orange",
  no_answer: "orange",
}

/** What the last check came to; one of other options counts for nothing. */
export function CheckBadge({ check }: Pick<GatewayProvider, "check">) {
  const { t } = useWords()
  return check?.is_current ? (
    <StatusBadge color={outcomeColors[check.outcome]} className="text-nowrap">
      {t(`settings.outcomes.${check.outcome}`)}
    </StatusBadge>
  ) : (
    <StatusBadge color="grey" className="text-nowrap">
      {t("settings.notChecked")}
    </StatusBadge>
  )
}
