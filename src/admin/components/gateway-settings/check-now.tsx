import { Button, Text } from "@medusajs/ui"
import { useAbilities } from "../../lib/abilities"
import { messageOf } from "../../lib/client"
import { formatTime } from "../../lib/format"
import { useWords } from "../../lib/words"
import { type GatewayProvider, useCheck } from "./api"
import { CheckBadge } from "./badges"

/** The last check of the credentials, and a button for the next. */
export function CheckNow({ provider }: { provider: GatewayProvider }) {
  const { t } = useWords()
  const { may } = useAbilities()
  const check = useCheck(provider.id)
  const mayCheck = may?.("gateway_payment:check")
  return (
    <div className="flex flex-col gap-3 px-6 py-4 md:flex-row md:items-start md:justify-between">
      <div className="flex min-w-0 flex-col gap-y-2" role="status" aria-live="polite">
        <CheckBadge check={provider.check} />
        <LastCheck check={provider.check} />
        {check.error && (
          <Text size="small" className="text-ui-fg-error">
            {t("settings.check.failed", { reason: messageOf(check.error) })}
          </Text>
        )}
      </div>
      <div className="flex shrink-0 flex-col gap-y-1 md:items-end">
        {mayCheck ? (
          <Button
            size="small"
            variant="secondary"
            isLoading={check.isPending}
            onClick={() => check.mutate()}
          >
            {t("settings.check.now")}
          </Button>
        ) : (
          mayCheck === false && (
            <Text size="small" className="text-ui-fg-subtle">
              {t("settings.check.notAllowed")}
            </Text>
          )
        )}
        <Text size="xsmall" className="text-ui-fg-subtle">
          {t("settings.check.how")}
        </Text>
      </div>
    </div>
  )
}

function LastCheck({ check }: Pick<GatewayProvider, "check">) {
  const { t, language } = useWords()
  if (!check) {
    return null
  }
  const said = [check.code, check.message].filter((part) => part).join(": ")
  return (
    <>
      <Text size="small" className="text-ui-fg-subtle">
        {check.is_current
          ? t("settings.check.at", { time: formatTime(check.checked_at, language) })
          : t("settings.check.before", { time: formatTime(check.checked_at, language) })}
      </Text>
      {check.is_current && said && (
        <Text size="small" className="text-ui-fg-subtle break-words">
          {t("settings.check.said", { said })}
        </Text>
      )}
    </>
  )
}
