import { Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { formatMoney, formatTime } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { Fact } from "../fact"
import type { ExceptionDetail } from "./api"
import { useExceptionWords } from "./words"

/** What was expected and what came, and whose it is. */
export function MoneyFacts({ found }: { found: ExceptionDetail }) {
  const { t, language } = useExceptionWords()
  const { customer, order } = found
  const expected = formatMoney(
    found.raw_expected_amount.value,
    found.expected_currency_code,
    language
  )
  return (
    <section aria-label={t("exceptions.facts.title")} className="divide-y">
      <Fact label={t("exceptions.facts.expected")}>{expected}</Fact>
      <Fact label={t("exceptions.facts.received")}>
        <Received found={found} />
      </Fact>
      <Fact label={t("exceptions.facts.customer")}>
        {customer?.id ? (
          <Link className="text-ui-fg-base underline" to={`/customers/${customer.id}`}>
            {customer.name ?? customer.email}
          </Link>
        ) : (
          (customer?.name ?? customer?.email ?? t("exceptions.unknown"))
        )}
        {customer?.name && customer.email && (
          <Text size="xsmall" className="text-ui-fg-subtle break-all">
            {customer.email}
          </Text>
        )}
      </Fact>
      {order && (
        <Fact label={t("exceptions.facts.order")}>
          <Link className="text-ui-fg-base underline" to={`/orders/${order.id}`}>
            {t("exceptions.orderNumber", { number: order.display_id })}
          </Link>
        </Fact>
      )}
    </section>
  )
}

/** Under which numbers either side has it, and what the gateway says of it. */
export function ReferenceFacts({ found }: { found: ExceptionDetail }) {
  const { t, language } = useExceptionWords()
  const { gateway_order } = found
  return (
    <section aria-label={t("exceptions.facts.references")} className="divide-y">
      {found.cart_id && (
        <Fact label={t("exceptions.facts.cart")} copies={found.cart_id}>
          <span className="break-all">{found.cart_id}</span>
        </Fact>
      )}
      <Fact label={t("exceptions.facts.gateway")}>{gatewayName(found.provider_id)}</Fact>
      {gateway_order && (
        <Fact label={t("exceptions.facts.status")}>
          {t(`common.paymentStates.${gateway_order.state}`)}
          {gateway_order.raw_status && (
            <span className="text-ui-fg-subtle ml-1">{gateway_order.raw_status}</span>
          )}
        </Fact>
      )}
      <Fact label={t("exceptions.facts.reference")} copies={found.reference}>
        <span className="break-all">{found.reference}</span>
      </Fact>
      {found.gateway_id && (
        <Fact label={t("exceptions.facts.gatewayId")} copies={found.gateway_id}>
          <span className="break-all">{found.gateway_id}</span>
        </Fact>
      )}
      <Fact label={t("exceptions.facts.found")}>{formatTime(found.created_at, language)}</Fact>
    </section>
  )
}

/** Each payment by itself where there are several. */
function Received({ found }: { found: ExceptionDetail }) {
  const { language } = useExceptionWords()
  const { received_money, raw_received_amount, currency_code } = found
  return (
    <>
      {formatMoney(raw_received_amount.value, currency_code, language)}
      {received_money.length > 1 &&
        received_money.map((money) => (
          <Text key={money.gateway_id} size="xsmall" className="text-ui-fg-subtle break-all">
            {`${formatMoney(money.amount, money.currency_code, language)} · ${money.gateway_id}`}
          </Text>
        ))}
    </>
  )
}
