import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Button, Container } from "@medusajs/ui"
import { useState } from "react"
import { WaitingApprovals as WaitingCount } from "../../components/waiting-count"
import { MoneyOutChart, TransferTotals } from "../../components/transfers/transfer-totals"
import { usePayoutWords } from "../../components/payouts/words"
import { Forbidden } from "../../components/problem"
import { Section } from "../../components/section"
import { PauseNotice } from "../../components/sending/pause"
import { withAmountRange } from "../../components/transfers/amount-range"
import { CreateTransfer } from "../../components/transfers/create-transfer"
import { transferFilterIds, TransfersTable } from "../../components/transfers/transfers-table"
import { useAbilities } from "../../lib/abilities"
import { useTableState } from "../../lib/table-state"

/** What was paid, is being paid and waits to be paid, and what it adds up to. */
export default function Payouts() {
  const { t } = usePayoutWords()
  const { may } = useAbilities()
  const table = useTableState(transferFilterIds)
  const [isMaking, setIsMaking] = useState(false)
  const { limit: _limit, offset: _offset, order: _order, ...filters } = withAmountRange(table.query)
  if (may && !may("payout_transfer:read")) {
    return (
      <Section isPage title={t("payouts.title")}>
        <Forbidden />
      </Section>
    )
  }
  return (
    <div className="flex flex-col gap-y-3">
      <PauseNotice />
      <Container className="p-0">
        <TransfersTable
          table={table}
          filters={filters}
          actions={
            may?.("payout_transfer:create") &&
            may("payout_beneficiary:read") && (
              <Button size="small" onClick={() => setIsMaking(true)}>
                {t("payouts.create.open")}
              </Button>
            )
          }
        />
      </Container>
      <Section title={t("payouts.totals")} subtitle={t("payouts.totalsSubtitle")}>
        <TransferTotals filters={filters} />
        <MoneyOutChart filters={filters} />
      </Section>
      {isMaking && (
        <CreateTransfer beginning={{ draft: "new" }} onClose={() => setIsMaking(false)} />
      )}
    </div>
  )
}

export const config = defineRouteConfig({
  label: "payouts.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
  icon: WaitingCount,
})
