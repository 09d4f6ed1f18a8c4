import { CheckCircleSolid, ExclamationCircleSolid, InformationCircleSolid } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { useAbilities } from "../../lib/abilities"
import { formatTime } from "../../lib/format"
import { useWords } from "../../lib/words"
import { type GatewayProvider, useCheck } from "./api"
import { CheckBadge } from "./providers-list"
import { StrongText, SubtleText } from "../text"

type Item = GatewayProvider["checklist"][number]

/** What is still missing, each with where it is mended. */
export function Checklist({ provider }: { provider: GatewayProvider }) {
  const { t } = useWords()
  const { checklist, gateway } = provider
  if (checklist.length === 0) {
    return (
      <div className="flex items-center gap-x-2 px-6 py-4">
        <CheckCircleSolid className="text-ui-tag-green-icon shrink-0" aria-hidden="true" />
        <Text size="small">{t("settings.checklist.nothing")}</Text>
      </div>
    )
  }
  return (
    <ul className="divide-y">
      {checklist.map((item) => (
        <li key={`${item.code} ${item.page ?? ""}`} className="flex gap-x-3 px-6 py-4">
          <Sign level={item.level} />
          <div className="flex min-w-0 flex-col gap-y-1">
            <StrongText>
              {`${t(`settings.levels.${item.level}`)}: ${t(`settings.codes.${item.code}.what`)}`}
            </StrongText>
            <SubtleText>{t(`settings.codes.${item.code}.todo`)}</SubtleText>
            <Where item={item} gateway={gateway} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function Sign({ level }: Pick<Item, "level">) {
  switch (level) {
    case "missing":
      return (
        <ExclamationCircleSolid
          className="text-ui-tag-red-icon mt-0.5 shrink-0"
          aria-hidden="true"
        />
      )
    case "warning":
      return (
        <ExclamationCircleSolid
          className="text-ui-tag-orange-icon mt-0.5 shrink-0"
          aria-hidden="true"
        />
      )
    case "advice":
      return (
        <InformationCircleSolid
          className="text-ui-tag-neutral-icon mt-0.5 shrink-0"
          aria-hidden="true"
        />
      )
  }
}

/** Codes whose options are the gateway's own, and whose values are found at the gateway. */
const foundAtGateway: Readonly<Partial<Record<Item["code"], "credentials" | "address">>> = {
  credentials_refused: "credentials",
  unclear_answer: "credentials",
  wrong_address: "address",
  no_answer: "address",
}

/** The page or the options; of a gateway's own options where their values are found, in the shop's words where it has them. */
function Where({ item, gateway }: { item: Item; gateway: string }) {
  const { t } = useWords()
  const place = foundAtGateway[item.code]
  return (
    <>
      {item.options.length > 0 && (
        <SubtleText>
          {`${t("settings.checklist.options")} `}
          <span className="font-mono text-xs">{item.options.join(", ")}</span>
        </SubtleText>
      )}
      {place && item.hint !== null && (
        <SubtleText>
          {t(`settings.find.${gateway}.${place}`, { defaultValue: item.hint })}
        </SubtleText>
      )}
      {item.page !== null && (
        <Link to={item.page} className="text-ui-fg-interactive text-sm">
          {t("settings.checklist.toRegions")}
        </Link>
      )}
    </>
  )
}

/** The last check of the credentials, and a button for the next. */
export function CheckNow({ provider }: { provider: GatewayProvider }) {
  const { t, failure } = useWords()
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
            {t("settings.check.failed", { reason: failure(check.error) })}
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
          mayCheck === false && <SubtleText>{t("settings.check.notAllowed")}</SubtleText>
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
      <SubtleText>
        {check.is_current
          ? t("settings.check.at", { time: formatTime(check.checked_at, language) })
          : t("settings.check.before", { time: formatTime(check.checked_at, language) })}
      </SubtleText>
      {check.is_current && said && (
        <SubtleText className="break-words">{t("settings.check.said", { said })}</SubtleText>
      )}
    </>
  )
}
