import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

type Page = { rows: Record<string, unknown>[]; count: number; offset: number; limit: number }

/** A page of an entity's rows, as `validateAndTransformQuery` understood the request. */
export async function listRows(req: AuthenticatedMedusaRequest, entity: string): Promise<Page> {
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { data, metadata } = await query.graph({
    entity,
    fields: req.queryConfig.fields,
    filters: req.filterableFields,
    pagination: req.queryConfig.pagination,
  })
  return {
    rows: data,
    count: metadata?.count ?? data.length,
    offset: metadata?.skip ?? 0,
    limit: metadata?.take ?? data.length,
  }
}
