import { StatusBadge, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { formatMoney, formatTime } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { useWords } from "../../lib/words"
import { CopyFact, Fact } from "../section"
import type { Payment } from "./api"
import { stateColors } from "./api"

const link = "text-ui-fg-base underline break-all"

/** What was ordered and what came, whose it is, and under which numbers either side has it. */
export function PaymentFacts({ payment }: { payment: Payment }) {
  const { t, language } = useWords()
  const { customer, order, cart_id, gateway_id, captured_amount } = payment
  const money = (amount: string) => formatMoney(amount, payment.currency_code, language)
  return (
    <section aria-label={t("payments.facts")} className="divide-y">
      <Fact label={t("payments.columns.state")}>
        <span className="flex flex-wrap items-center gap-2">
          <StatusBadge color={stateColors[payment.state]}>
            {t(`common.paymentStates.${payment.state}`)}
          </StatusBadge>
          {payment.raw_status !== null && (
            <Text size="xsmall" className="text-ui-fg-subtle break-all">
              {payment.raw_status}
            </Text>
          )}
        </span>
      </Fact>
      <Fact label={t("payments.columns.gateway")}>{gatewayName(payment.provider_id)}</Fact>
      <Fact label={t("payments.columns.ordered")}>{money(payment.amount)}</Fact>
      <Fact label={t("payments.columns.received")}>{money(payment.received_amount)}</Fact>
      {captured_amount !== null && (
        <Fact label={t("payments.captured")}>{money(captured_amount)}</Fact>
      )}
      <Fact label={t("payments.sums.refunded")}>{money(payment.refunded_amount)}</Fact>
      <Fact label={t("payments.order")}>
        {order ? (
          <Link className={link} to={`/orders/${order.id}`}>
            {t("payments.orderNumber", { number: order.display_id })}
          </Link>
        ) : (
          t("payments.noOrder")
        )}
      </Fact>
      <Fact label={t("payments.columns.customer")}>
        {customer ? (
          <span className="flex flex-col">
            <Link className={link} to={`/customers/${customer.id}`}>
              {customer.email ?? customer.id}
            </Link>
            <Link className="text-ui-fg-base underline" to={allOf("customer_id", customer.id)}>
              {t("payments.allOfCustomer")}
            </Link>
          </span>
        ) : (
          t("payments.unknown")
        )}
      </Fact>
      {cart_id !== null && (
        <Fact label={t("payments.cart")} copies={cart_id}>
          <Link className={link} to={allOf("cart_id", cart_id)}>
            {cart_id}
          </Link>
        </Fact>
      )}
      <CopyFact label={t("payments.ourReference")} value={payment.reference} />
      {gateway_id !== null && <CopyFact label={t("payments.theirReference")} value={gateway_id} />}
      <Fact label={t("payments.columns.opened")}>{formatTime(payment.created_at, language)}</Fact>
      {payment.expires_at !== null && (
        <Fact label={t("payments.expires")}>{formatTime(payment.expires_at, language)}</Fact>
      )}
    </section>
  )
}

/** The list with a filter, as `useTableState` writes it into the address. */
function allOf(filter: "customer_id" | "cart_id", value: string): string {
  return `/gateway-payments?${new URLSearchParams({ [filter]: JSON.stringify(value) }).toString()}`
}
