import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"
import { listTills } from "../../../../workflows/till/till-order"

/** The tills of the shop's config, and the shop's name. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const [store] = await req.scope.resolve(Modules.STORE).listStores({}, { take: 1 })
  res.json({ shop_name: store?.name ?? "", tills: await listTills(req.scope) })
}
