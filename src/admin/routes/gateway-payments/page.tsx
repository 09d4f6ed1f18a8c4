import { defineRouteConfig } from "@medusajs/admin-sdk"
import { CreditCard } from "@medusajs/icons"
import { Container } from "@medusajs/ui"
import { MoneyInChart, TotalsTable } from "../../components/gateway-payments/payment-totals"
import { filterIds, PaymentsTable } from "../../components/gateway-payments/payments-table"
import { Forbidden } from "../../components/problem"
import { Section } from "../../components/section"
import { useAbilities } from "../../lib/abilities"
import { useTableState } from "../../lib/table-state"
import { useWords } from "../../lib/words"

/** All orders that were opened at gateways, and what they add up to. */
export default function GatewayPayments() {
  const { t } = useWords()
  const { may } = useAbilities()
  const table = useTableState(filterIds)
  const { limit: _limit, offset: _offset, order: _order, ...filters } = table.query
  if (may && !may("gateway_payment:read")) {
    return (
      <Section isPage title={t("payments.title")}>
        <Forbidden />
      </Section>
    )
  }
  return (
    <div className="flex flex-col gap-y-3">
      <Container className="p-0">
        <PaymentsTable table={table} filters={filters} />
      </Container>
      <Section title={t("payments.totals")} subtitle={t("payments.totalsSubtitle")}>
        <TotalsTable filters={filters} />
        <MoneyInChart filters={filters} />
      </Section>
    </div>
  )
}

export const config = defineRouteConfig({
  label: "payments.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
  icon: CreditCard,
  rank: 1,
})
