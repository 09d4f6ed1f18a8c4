import { Link, useParams } from "react-router-dom"
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
      actions={
        <Link to="/gateway-payments" className="txt-compact-small text-ui-fg-base underline">
          {t("payments.backToAll")}
        </Link>
      }
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
