import { Copy, Text } from "@medusajs/ui"
import { useMemo } from "react"
import { qrSvg } from "../../../storefront/qr-svg"
import { formatTime } from "../../lib/format"
import type { OrderPayment } from "./api"
import { useOrderWords } from "./words"

type Action = NonNullable<OrderPayment["next_action"]>

/** How a payment that is not paid can be paid: its link, QR or code, to be passed on. */
export function NextAction({ action, payment }: { action: Action; payment: OrderPayment }) {
  const { t, language } = useOrderWords()
  const gateway = payment.title ?? payment.provider_id
  const expires =
    "expires_at" in action && action.expires_at !== null
      ? t("order.nextAction.until", { time: formatTime(action.expires_at, language) })
      : undefined
  return (
    <div className="flex flex-col gap-y-2 px-6 py-4">
      <Text size="small" leading="compact" weight="plus">
        {t(`order.nextAction.${action.type}`, { gateway })}
      </Text>
      {action.type === "redirect" && <ToCopy text={action.url} />}
      {action.type === "pay_code" && <ToCopy text={action.code} isLarge />}
      {action.type === "qr_code" && <Qr value={action.value} label={t("order.nextAction.qr")} />}
      {expires && (
        <Text size="xsmall" className="text-ui-fg-subtle">
          {expires}
        </Text>
      )}
    </div>
  )
}

function ToCopy({ text, isLarge = false }: { text: string; isLarge?: boolean }) {
  return (
    <div className="flex min-w-0 items-start gap-x-1">
      <Text size={isLarge ? "large" : "small"} className="min-w-0 break-all">
        {text}
      </Text>
      <Copy content={text} className="text-ui-fg-muted shrink-0" />
    </div>
  )
}

/** Black on white in both themes: a camera has to read it. */
function Qr({ value, label }: { value: string; label: string }) {
  const svg = useMemo(() => qrSvg(value, label), [value, label])
  return <div className="w-40 rounded-md bg-white p-2" dangerouslySetInnerHTML={{ __html: svg }} />
}
