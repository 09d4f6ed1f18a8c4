import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container } from "@medusajs/ui"
import { ApprovalDrawer } from "../../../components/approvals/approval-drawer"
import { ApprovalsTable, WaitingBatches } from "../../../components/approvals/approvals-table"
import { useOpenedRow } from "../../../lib/table-state"

/** What waits for an approval, this person's or somebody else's: batches, and transfers that are in none. */
export default function Approvals() {
  const { opened, open } = useOpenedRow()
  return (
    <div className="flex flex-col gap-y-3">
      <WaitingBatches />
      <Container className="divide-y p-0">
        <ApprovalsTable onOpen={open} />
      </Container>
      {opened !== null && <ApprovalDrawer id={opened} onClose={() => open(null)} />}
    </div>
  )
}

export const config = defineRouteConfig({
  label: "approvals.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
  rank: 1,
})
