import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "@medusajs/framework/zod"
import { exceptionsOf } from "../../../../../../workflows/exceptions/announce-exception"
import { choicesFor } from "../../../../../../workflows/exceptions/exception-choices"
import { findOrdersToAttach } from "../../../../../../workflows/exceptions/find-orders"
import { existing } from "../../../../../../shared/errors"

const search = z.object({ q: z.string().default("") })

/** Orders that a payment exception may pay for, with what is due on each. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const id = String(req.params.id)
  const found = existing(await exceptionsOf(req.scope).find(id), `payment exception ${id}`)
  const { attach } = await choicesFor(req.scope, found)
  const amount = attach.amount ?? found.amount
  const words = search.parse(req.filterableFields).q.trim()
  const orders = await findOrdersToAttach(req.scope, found, { words, amount })
  res.json({ orders, amount, currency_code: found.currency_code })
}
