import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container } from "@medusajs/ui"
import { BatchesTable } from "../../../components/batches/batches-table"

/** Transfers that are approved together: those of a file, and those that somebody put together. */
export default function Batches() {
  return (
    <Container className="divide-y p-0">
      <BatchesTable />
    </Container>
  )
}

export const config = defineRouteConfig({
  label: "batches.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
  rank: 3,
})
