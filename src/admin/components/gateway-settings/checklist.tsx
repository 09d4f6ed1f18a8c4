import { CheckCircleSolid, ExclamationCircleSolid, InformationCircleSolid } from "@medusajs/icons"
import { Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { useWords } from "../../lib/words"
import type { GatewayProvider } from "./api"

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
            <Text size="small" leading="compact" weight="plus">
              {`${t(`settings.levels.${item.level}`)}: ${t(`settings.codes.${item.code}.what`)}`}
            </Text>
            <Text size="small" className="text-ui-fg-subtle">
              {t(`settings.codes.${item.code}.todo`)}
            </Text>
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
        <Text size="small" className="text-ui-fg-subtle">
          {`${t("settings.checklist.options")} `}
          <span className="font-mono text-xs">{item.options.join(", ")}</span>
        </Text>
      )}
      {place && item.hint !== null && (
        <Text size="small" className="text-ui-fg-subtle">
          {t(`settings.find.${gateway}.${place}`, { defaultValue: item.hint })}
        </Text>
      )}
      {item.page !== null && (
        <Link to={item.page} className="text-ui-fg-interactive text-sm">
          {t("settings.checklist.toRegions")}
        </Link>
      )}
    </>
  )
}
