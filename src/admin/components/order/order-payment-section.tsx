import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useEffect, useRef, useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { Problem } from "../problem"
import { type OrderPayments, useOrderPayments, useRefresh } from "./api"
import { LinkSection } from "./link-section"
import { PaymentCard } from "./payment-card"
import { Timeline } from "./timeline"
import { useOrderWords } from "./words"

/** Nothing where the role may not see it, or no gateway of this plugin has to do with the order. */
export function OrderPaymentSection({ orderId }: { orderId: string }) {
  const { t } = useOrderWords()
  const { may } = useAbilities()
  const isAllowed = may?.("gateway_payment:read") ?? false
  const { data, error, refetch } = useOrderPayments(orderId, isAllowed)
  useMedusaFollows(orderId, data)
  if (!isAllowed || (data && !concerns(data))) {
    return null
  }
  return (
    <Container className="divide-y p-0" role="region" aria-label={t("order.title")}>
      <div className="px-6 py-4">
        <Heading level="h2">{t("order.title")}</Heading>
      </div>
      {data ? (
        <Loaded order={data} />
      ) : error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : (
        <div className="flex flex-col gap-y-2 p-6" aria-busy="true">
          <Skeleton className="h-6 w-1/2" />
          <Skeleton className="h-32 w-full" />
        </div>
      )}
    </Container>
  )
}

function Loaded({ order }: { order: OrderPayments }) {
  const { t, money } = useOrderWords()
  const [showsEarlier, setShowsEarlier] = useState(false)
  const current = order.payments.filter(({ is_current }) => is_current)
  const earlier = order.payments.filter(({ is_current }) => !is_current)
  const isOwed = Number(order.owed) > 0
  return (
    <>
      {(isOwed || Number(order.due) > 0) && (
        <div className="px-6 py-3" role="status">
          <Text size="small" weight="plus">
            {isOwed
              ? t("order.owed", { amount: money(order.owed, order.currency_code) })
              : t("order.due", { amount: money(order.due, order.currency_code) })}
          </Text>
        </div>
      )}
      {current.map((payment) => (
        <PaymentCard key={payment.reference} orderId={order.order_id} payment={payment} />
      ))}
      {earlier.length > 0 && (
        <div className="px-6 py-3">
          <button
            type="button"
            className="text-ui-fg-interactive txt-compact-small"
            aria-expanded={showsEarlier}
            onClick={() => setShowsEarlier(!showsEarlier)}
          >
            {t("order.earlier", { count: earlier.length })}
          </button>
        </div>
      )}
      {showsEarlier &&
        earlier.map((payment) => (
          <PaymentCard key={payment.reference} orderId={order.order_id} payment={payment} />
        ))}
      <LinkSection order={order} />
      <Timeline order={order} />
    </>
  )
}

/** A gateway of this plugin has a payment of the order, or can be sent to its customer as a link. */
function concerns({ payments, links }: OrderPayments): boolean {
  return payments.length > 0 || (links.reason === null && links.providers.some(canLink))
}

function canLink({ reason }: OrderPayments["links"]["providers"][number]): boolean {
  return reason === null
}

/** What somebody else did to a payment is read again by Medusa's own sections of the page. */
function useMedusaFollows(orderId: string, order: OrderPayments | undefined): void {
  const refresh = useRefresh(orderId)
  const state = order && JSON.stringify([order.due, order.owed, order.payments.map(moved)])
  const last = useRef(state)
  useEffect(() => {
    if (last.current !== undefined && state !== undefined && last.current !== state) {
      void refresh()
    }
    last.current = state ?? last.current
  }, [state, refresh])
}

function moved({ reference, state, captured, refunded, payment_id }: OrderPayments["payments"][0]) {
  return [reference, state, captured, refunded, payment_id]
}
