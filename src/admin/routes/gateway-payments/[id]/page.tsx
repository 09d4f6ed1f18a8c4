import { useParams } from "react-router-dom"
import { BackLink } from "../../../components/back-link"
import { usePayment } from "../../../components/gateway-payments/api"
import { PaymentFacts } from "../../../components/gateway-payments/payment-facts"
import { Loaded } from "../../../components/loaded"
import { Timeline } from "../../../components/order/timeline"
import { Section } from "../../../components/section"
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
