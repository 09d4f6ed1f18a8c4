import { CheckCircleSolid, ClockSolid, ExclamationCircle, Scan, Spinner } from "@medusajs/icons"
import { Button, Heading, Text, toast } from "@medusajs/ui"
import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { Link } from "react-router-dom"
import { formatMoney, formatTime } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { chargeSale, endSale, tillKey, type TillSale, useTillSale } from "../../lib/till"
import { useWords } from "../../lib/words"
import { useAskOnce } from "../ask-once"
import { Problem } from "../problem"
import { CodeScanner } from "./code-scanner"
import { SubtleText } from "../text"

/** A sale from the scan to the receipt. What it shows is the shop's word; a code that is on its way is not sent again. */
export function SaleView({
  id,
  shopName,
  next,
}: {
  id: string
  shopName: string
  /** Leaves this sale as it is, for the next one. */
  next: () => void
}) {
  const { t, failure } = useWords()
  const client = useQueryClient()
  const [isSending, setSending] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const query = useTillSale(id, isSending)
  const sale = query.data

  const show = async (answer: TillSale) => {
    client.setQueryData([...tillKey, "sale", id], answer)
    await client.invalidateQueries({ queryKey: [...tillKey, "sales"] })
  }
  /** What became of a request that failed is asked for: it may have been done. */
  const run = async (send: () => Promise<TillSale>) => {
    setRefusal(undefined)
    setSending(true)
    try {
      await show(await send())
    } catch (error) {
      const message = failure(error)
      setRefusal(message)
      toast.error(message)
    } finally {
      setSending(false)
      await query.refetch()
    }
  }

  if (!sale) {
    return query.isError ? (
      <Problem error={query.error} retry={() => void query.refetch()} />
    ) : (
      <Text size="small" role="status" className="text-ui-fg-subtle px-6 py-4">
        {t("till.loading")}
      </Text>
    )
  }
  const isUnderWay = isSending && sale.can_charge
  const shown: TillSale = isUnderWay ? { ...sale, state: "charging", can_charge: false } : sale
  const gateway = gatewayName(sale.provider_id)
  return (
    <div className="flex flex-col gap-y-4 px-6 py-4">
      <SaleStatus sale={shown} gateway={gateway} />
      {query.isError && (
        <div className="-mx-6">
          <Problem error={query.error} retry={() => void query.refetch()} />
        </div>
      )}
      {refusal !== undefined && !isUnderWay && !query.isError && (
        <Text size="small" role="alert" className="text-ui-fg-error">
          {refusal}
        </Text>
      )}
      {shown.state === "done" && <Receipt sale={shown} shopName={shopName} gateway={gateway} />}
      {shown.can_charge && (
        <CodeScanner scanned={(code) => void run(() => chargeSale(sale, code))} />
      )}
      <SaleActions sale={shown} isBusy={isSending} run={run} next={next} />
    </div>
  )
}

/** What can be done about a sale now; what can't is not offered. */
function SaleActions({
  sale,
  isBusy,
  run,
  next,
}: {
  sale: TillSale
  isBusy: boolean
  run: (send: () => Promise<TillSale>) => Promise<void>
  next: () => void
}) {
  const { t, language } = useWords()
  const ask = useAskOnce()
  const amount = formatMoney(sale.amount, sale.currency_code, language)

  const hadMoney = sale.state === "refunded" || sale.state === "mismatch"

  const setAside = async () => {
    const yes = await ask({
      title: t("till.setAside"),
      description: t("till.setAsideAsk", { amount }),
      confirm: t("till.setAsideYes"),
      isDangerous: true,
    })
    if (yes) {
      await run(() => endSale(sale.id, "set-aside"))
    }
  }
  const cancel = async () => {
    const yes = await ask({
      title: t(hadMoney ? "till.end" : "till.cancel"),
      description: t(hadMoney ? "till.endAsk" : "till.cancelAsk", { amount }),
      confirm: t(hadMoney ? "till.endYes" : "till.cancelYes"),
      isDangerous: true,
    })
    if (yes) {
      await run(() => endSale(sale.id, "cancel"))
    }
  }

  const isOver = sale.state === "done" || sale.state === "canceled"
  return (
    <div className="flex flex-col gap-y-2 print:hidden">
      {isOver && (
        <Button className="h-16 w-full text-lg" onClick={next}>
          {t("till.next")}
        </Button>
      )}
      {sale.can_set_aside && (
        <Button
          variant="secondary"
          className="h-14 w-full"
          disabled={isBusy}
          onClick={() => void setAside()}
        >
          {t("till.setAside")}
        </Button>
      )}
      {sale.state === "mismatch" && (
        <Button variant="secondary" className="h-14 w-full" asChild>
          <Link to="/payments-that-need-you">{t("till.toExceptions")}</Link>
        </Button>
      )}
      {(sale.state === "done" || sale.state === "paid" || sale.state === "refunded") && (
        <Button variant="secondary" className="h-14 w-full" asChild>
          <Link
            to={sale.is_draft_order ? `/draft-orders/${sale.order_id}` : `/orders/${sale.order_id}`}
          >
            {t("till.toOrder")}
          </Link>
        </Button>
      )}
      {sale.can_cancel && (
        <Button
          variant="secondary"
          className="h-14 w-full"
          disabled={isBusy}
          onClick={() => void cancel()}
        >
          {t(hadMoney ? "till.end" : "till.cancel")}
        </Button>
      )}
      {!isOver && (
        <Button variant="transparent" className="h-12 w-full" onClick={next}>
          {t("till.leave")}
        </Button>
      )}
    </div>
  )
}

/** The amount, where the sale stands in words, and what to do; read out when it changes. */
function SaleStatus({ sale, gateway }: { sale: TillSale; gateway: string }) {
  const { t, language } = useWords()
  const { state, display_id, gateway_code, gateway_message, problem } = sale
  const isNotProved = state === "unknown" || state === "declined"
  const said = [gateway_code, gateway_message].filter((part) => part).join(": ")
  return (
    <div className="flex flex-col items-center gap-y-2 py-2 text-center print:hidden">
      <SubtleText>
        {display_id === null ? gateway : t("till.orderNumber", { number: display_id })}
      </SubtleText>
      <Text as="div" className="text-4xl font-medium leading-tight tabular-nums">
        {formatMoney(sale.amount, sale.currency_code, language)}
      </Text>
      <div role="status" aria-live="assertive" className="flex flex-col items-center gap-y-1">
        <StateIcon state={state} />
        <Heading level="h2">{t(`till.states.${state}`)}</Heading>
        <SubtleText>{t(`till.whatToDo.${state}`, { gateway })}</SubtleText>
        {isNotProved && said !== "" && (
          <SubtleText className="break-words">{t("till.details", { words: said })}</SubtleText>
        )}
        {problem !== null && (
          <Text size="small" className="text-ui-fg-error">
            {t("till.notPlaced", { reason: problem })}
          </Text>
        )}
      </div>
    </div>
  )
}

function StateIcon({ state }: Pick<TillSale, "state">) {
  switch (state) {
    case "waiting_for_code":
      return <Scan className="text-ui-fg-subtle size-8" />
    case "charging":
      return <Spinner className="text-ui-fg-interactive size-8 animate-spin" />
    case "unknown":
      return <ClockSolid className="text-ui-tag-orange-icon size-8" />
    case "paid":
    case "done":
      return <CheckCircleSolid className="text-ui-tag-green-icon size-8" />
    case "declined":
    case "mismatch":
    case "refunded":
    case "nothing_due":
    case "canceled":
      return <ExclamationCircle className="text-ui-tag-red-icon size-8" />
  }
}

/** What the shopper can take along, and the button that prints it alone, as wide as a till's printer. */
function Receipt({
  sale,
  shopName,
  gateway,
}: {
  sale: TillSale
  shopName: string
  gateway: string
}) {
  const { t, language } = useWords()
  const { amount, surplus, currency_code, paid_at } = sale
  const lines: [label: string, value: string | null][] = [
    [t("till.amount"), formatMoney(amount, currency_code, language)],
    [t("till.fee"), surplus === null ? null : formatMoney(surplus, currency_code, language)],
    [t("till.order"), sale.display_id === null ? null : `#${sale.display_id}`],
    [t("till.reference"), sale.reference],
    [t("till.gatewayNumber"), sale.gateway_id],
    [t("till.paidBy"), gateway],
    [t("till.time"), paid_at === null ? null : formatTime(paid_at, language)],
  ]
  return (
    <div className="flex flex-col gap-y-3">
      <style>{printStyle}</style>
      <section
        id="till-receipt"
        aria-label={t("till.receipt")}
        className="border-ui-border-base rounded-lg border p-4"
      >
        <Text weight="plus" className="text-center">
          {shopName}
        </Text>
        <SubtleText className="mb-2 text-center">{t("till.receipt")}</SubtleText>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {lines.map(([label, value]) =>
            value === null ? null : (
              <div key={label} className="contents">
                <dt className="txt-small text-ui-fg-subtle">{label}</dt>
                <dd className="txt-small min-w-0 [overflow-wrap:anywhere] text-right tabular-nums">
                  {value}
                </dd>
              </div>
            )
          )}
        </dl>
        <Text size="small" className="mt-3 text-center">
          {t("till.thanks")}
        </Text>
      </section>
      <Button variant="secondary" className="h-14 w-full" onClick={() => window.print()}>
        {t("till.print")}
      </Button>
    </div>
  )
}

/** The dashboard around it, and its dark colours, are no part of what is printed. */
const printStyle = `@media print {
  @page { margin: 4mm; }
  body * { visibility: hidden; }
  #till-receipt, #till-receipt * { visibility: visible; color: #000 !important; background: #fff !important; }
  #till-receipt { position: fixed; inset: 0 auto auto 0; width: 72mm; border: 0; padding: 0; }
}`
