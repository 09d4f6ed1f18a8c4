import { Container, Heading, Skeleton } from "@medusajs/ui"
import { Link, useParams } from "react-router-dom"
import { usePayment } from "../../../components/gateway-payments/api"
import { PaymentFacts } from "../../../components/gateway-payments/payment-facts"
import { Timeline } from "../../../components/order/timeline"
import { Problem } from "../../../components/problem"
import { useWords } from "../../../lib/words"

/** One order at a gateway: what it came to, whose it is, and what happened to it. */
export default function GatewayPayment() {
  const { t } = useWords()
  const { id = "" } = useParams()
  const { data, error, refetch } = usePayment(id)
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-wrap items-center justify-between gap-2 px-6 py-4">
        <Heading>{t("payments.one")}</Heading>
        <Link to="/gateway-payments" className="txt-compact-small text-ui-fg-base underline">
          {t("payments.backToAll")}
        </Link>
      </div>
      {data ? (
        <>
          <PaymentFacts payment={data.gateway_payment} />
          <Timeline order={{ timeline: data.gateway_payment.timeline, payments: [] }} />
        </>
      ) : error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton className="m-6 h-60" />
      )}
    </Container>
  )
}
