import { StatusBadge } from "@medusajs/ui"
import type { ReactNode } from "react"
import { Link } from "react-router-dom"
import { formatTime } from "../../lib/format"
import { useWords } from "../../lib/words"
import { CopyFact, Fact } from "../section"
import type { GatewayProvider } from "./api"
import { SubtleText } from "../text"

/** What the gateway has to be given, to copy. */
export function AddressesSection({ provider }: { provider: GatewayProvider }) {
  const { t } = useWords()
  const { account, webhooks, webhook_address, return_address } = provider
  return (
    <>
      <CopyFact label={t("settings.addresses.account")} value={account.address} />
      {webhook_address ? (
        <Address label={t("settings.addresses.webhook")} address={webhook_address} />
      ) : (
        <Fact label={t("settings.addresses.webhook")}>{t("settings.addresses.noWebhook")}</Fact>
      )}
      {return_address && (
        <Address label={t("settings.addresses.return")} address={return_address} />
      )}
      {webhooks === "unsigned" && (
        <SubtleText className="px-6 py-3">{t("settings.addresses.unsigned")}</SubtleText>
      )}
    </>
  )
}

function Address({
  label,
  address: { url, option },
}: {
  label: string
  address: NonNullable<GatewayProvider["webhook_address"]>
}) {
  const { t } = useWords()
  return (
    <Fact label={label} copies={url}>
      <span className="break-all">{url}</span>
      <span className="text-ui-fg-subtle mt-1 block">
        {option === null ? t("settings.addresses.enter") : t("settings.addresses.sent", { option })}
      </span>
    </Fact>
  )
}

/** Where shoppers are offered it, and where they could be. */
export function RegionsSection({ provider }: { provider: GatewayProvider }) {
  const { t } = useWords()
  const { regions, possible_regions, currencies } = provider
  return (
    <>
      <SubtleText className="px-6 py-3">
        {t("settings.regions.currencies", { currencies: currencies.join(", ") })}
      </SubtleText>
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
        <SubtleText className="px-6 py-3">{t("settings.regions.noneFits")}</SubtleText>
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

/** When messages came, how many were surely the gateway's, and what went wrong last. */
export function MessagesSection({ provider }: { provider: GatewayProvider }) {
  const { t, language } = useWords()
  const share = useSharePhrase()(provider)
  const { messages, last_error, webhooks } = provider
  const time = (at: string | null) =>
    at === null ? t("settings.messages.never") : formatTime(at, language)
  return (
    <>
      {webhooks !== "none" && (
        <>
          <Fact label={t("settings.messages.last")}>{time(messages.last_at)}</Fact>
          <Fact label={t("settings.messages.share")}>{share}</Fact>
          {messages.last_refused_at !== null && (
            <Fact label={t("settings.messages.refused")}>{time(messages.last_refused_at)}</Fact>
          )}
        </>
      )}
      <Fact label={t("settings.error.label")}>
        {last_error ? (
          <>
            <span className="break-words">
              {[last_error.code, last_error.message].filter((part) => part).join(": ")}
            </span>
            <span className="text-ui-fg-subtle mt-1 block">
              {t(`settings.error.sources.${last_error.source}`, {
                what: last_error.what,
                time: formatTime(last_error.at, language),
              })}
            </span>
          </>
        ) : (
          t("settings.error.none")
        )}
      </Fact>
    </>
  )
}

/** Such as "98 of 100 verified (98%)". */
export function useSharePhrase(): (provider: GatewayProvider) => string {
  const { t, language } = useWords()
  return ({ webhooks, messages: { count, verified } }) => {
    if (webhooks === "unsigned") {
      return t("settings.messages.unsigned")
    }
    if (count === 0) {
      return t("settings.messages.none")
    }
    const percent = new Intl.NumberFormat(language, { style: "percent" })
    return t("settings.messages.verified", {
      verified,
      total: count,
      share: percent.format(verified / count),
    })
  }
}
