import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { convertDraftOrderWorkflow } from "@medusajs/medusa/core-flows"
import type { TillSale } from "../../modules/payment-journal/repositories/till-sales"
import { errorMessage, failureMessages } from "../../shared/errors"
import { leaseKeys, withLeaseOf } from "../leases"
import { isBooked, sessionRow } from "../medusa-reads"
import { endUnusedCollections } from "../medusa-writes"
import { notifyAdmins } from "../notifications"
import { lastAttempt, salesOf } from "./read-sale"
import { tillOrder, tillContext } from "./till-order"

/**
 * Places the order of a sale whose payment Medusa has booked, and ends the sale. Idempotent; nothing where it is not
 * paid. What keeps a draft from being placed, such as stock that is gone, is noted and told, and tried again: the
 * money stays booked on the draft.
 */
export async function finishSale(container: MedusaContainer, id: string): Promise<void> {
  await withLeaseOf(container, leaseKeys.tillSale(id), async () => {
    const sale = await salesOf(container).find(id)
    if (sale?.state === "open" && (await isPaidAndBooked(container, sale))) {
      await place(container, sale)
    }
  })
}

async function isPaidAndBooked(container: MedusaContainer, sale: TillSale): Promise<boolean> {
  const attempt = await lastAttempt(container, sale)
  return (
    attempt?.order.state === "paid" &&
    sale.session_id !== null &&
    (await isBooked(container, await sessionRow(container, sale.session_id)))
  )
}

async function place(container: MedusaContainer, sale: TillSale): Promise<void> {
  const order = await tillOrder(container, tillContext(container, sale.provider_id), sale.order_id)
  if (order?.is_draft_order) {
    const { errors } = await convertDraftOrderWorkflow(container).run({
      input: { id: order.id },
      throwOnError: false,
    })
    if (errors.length > 0) {
      await noteNotPlaced(container, sale, failureMessages(errors))
      return
    }
  }
  if (order?.due === "0") {
    await endUnusedCollections(container, order.id)
  }
  await salesOf(container).end(sale.id, "done")
}

async function noteNotPlaced(
  container: MedusaContainer,
  { id, order_id }: TillSale,
  reason: string
): Promise<void> {
  await salesOf(container).noteProblem(id, reason)
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .error(`The draft order ${order_id} was paid at the till and can't be placed: ${reason}`)
  await notifyAdmins(container, {
    key: `till-sale:${id}`,
    title: "An order that was paid at the till can't be placed",
    description:
      `The draft order ${order_id} is paid, and Medusa does not make an order of it: ${reason}. Mend that, and it is ` +
      `placed within a minute, or convert the draft in the dashboard`,
  })
}

/** So long after its last change a sale is left to whoever is at work on it, in milliseconds. */
const atWorkMs = 30_000

const batch = 20

/**
 * Finishes sales that were paid, and whose server died or whose draft could not be placed. Each is noted as tried before
 * it is, so that those that can't be finished do not keep the others from their turn.
 */
export async function finishPaidSales(container: MedusaContainer): Promise<void> {
  const paid = await salesOf(container).paidAndOpen(new Date(Date.now() - atWorkMs), batch)
  for (const { id, order_id } of paid) {
    await salesOf(container).noteTry(id)
    try {
      await finishSale(container, id)
    } catch (error) {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(
          `The sale ${id} of order ${order_id} was paid at the till and could not be finished: ${errorMessage(error)}`
        )
    }
  }
}
