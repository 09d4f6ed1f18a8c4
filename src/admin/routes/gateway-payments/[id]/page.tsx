import { useParams } from "react-router-dom"
import { BackLink, Section } from "../../../components/section"
import { usePayment } from "../../../components/gateway-payments/api"
import { PaymentFacts } from "../../../components/gateway-payments/payment-facts"
import { Loaded } from "../../../components/problem"
import { Timeline } from "../../../components/order/timeline"
import { useWords } from "../../../lib/words"

/** One order at a gateway: what it came to, whose it is, and what happened to it. */
export default function GatewayPayment() {
  const { t } = useWords()
  const { id = "" } = useParams()
  const payment = usePayment(id)
  return (
    <Section
      isPage
      title={t("payments.one")}
      actions={<BackLink to="/gateway-payments">{t("payments.backToAll")}</BackLink>}
    >
      <Loaded answer={payment} skeleton="h-60">
        {({ gateway_payment }) => (
          <>
            <PaymentFacts payment={gateway_payment} />
            <Timeline order={{ timeline: gateway_payment.timeline, payments: [] }} />
          </>
        )}
      </Loaded>
    </Section>
  )
}
