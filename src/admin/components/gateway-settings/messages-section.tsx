import { formatTime } from "../../lib/format"
import { useWords } from "../../lib/words"
import { Fact } from "../fact"
import type { GatewayProvider } from "./api"

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
