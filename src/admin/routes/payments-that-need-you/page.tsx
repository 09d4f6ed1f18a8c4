import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container } from "@medusajs/ui"
import { ExceptionDrawer } from "../../components/exceptions/exception-drawer"
import { ExceptionsTable } from "../../components/exceptions/exceptions-table"
import { WaitingExceptions as WaitingCount } from "../../components/waiting-count"
import { useOpenedRow } from "../../lib/table-state"

/** Money that no order stands for, refunds that are due, and what else only a person can decide. */
export default function PaymentsThatNeedYou() {
  const { opened, open } = useOpenedRow()
  return (
    <>
      <Container className="divide-y p-0">
        <ExceptionsTable onOpen={open} />
      </Container>
      {opened !== null && <ExceptionDrawer id={opened} onClose={() => open(null)} />}
    </>
  )
}

export const config = defineRouteConfig({
  label: "exceptions.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
  icon: WaitingCount,
})
