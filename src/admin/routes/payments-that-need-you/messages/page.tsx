import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container } from "@medusajs/ui"
import { MessageDrawer } from "../../../components/messages/message-drawer"
import { MessagesTable } from "../../../components/messages/messages-table"
import { useOpenedRow } from "../../../lib/table-state"

/** Messages of gateways that were given up after their last try, and the others on request. */
export default function Messages() {
  const { opened, open } = useOpenedRow()
  return (
    <>
      <Container className="divide-y p-0">
        <MessagesTable onOpen={open} />
      </Container>
      {opened !== null && <MessageDrawer id={opened} onClose={() => open(null)} />}
    </>
  )
}

export const config = defineRouteConfig({
  label: "webhooks.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
})
