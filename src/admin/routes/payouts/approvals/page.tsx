import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container } from "@medusajs/ui"
import { ApprovalDrawer } from "../../../components/approvals/approval-drawer"
import { ApprovalsTable } from "../../../components/approvals/approvals-table"
import { useOpenedRow } from "../../../lib/opened-row"

/** What waits for an approval, this person's or somebody else's. */
export default function Approvals() {
  const { opened, open } = useOpenedRow()
  return (
    <>
      <Container className="divide-y p-0">
        <ApprovalsTable onOpen={open} />
      </Container>
      {opened !== null && <ApprovalDrawer id={opened} onClose={() => open(null)} />}
    </>
  )
}

export const config = defineRouteConfig({
  label: "approvals.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
})
