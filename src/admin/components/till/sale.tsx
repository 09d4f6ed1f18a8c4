import { Button, Text, toast } from "@medusajs/ui"
import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { Link } from "react-router-dom"
import { isLoggedOut, messageOf } from "../../lib/client"
import { formatMoney } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { chargeSale, endSale, tillKey, type TillSale, useTillSale } from "../../lib/till"
import { useWords } from "../../lib/words"
import { useAskOnce } from "../ask-once"
import { Problem } from "../problem"
import { CodeScanner } from "./code-scanner"
import { Receipt } from "./receipt"
import { SaleStatus } from "./sale-status"

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
  const { t } = useWords()
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
      const message = isLoggedOut(error) ? t("common.loggedOut") : messageOf(error)
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
