import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

type Page = { rows: Record<string, unknown>[]; count: number; offset: number; limit: number }

/**
 * A page of an entity's rows, as `validateAndTransformQuery` understood the request. What is alike in the order
 * that was asked for is ordered by id: without that the database may show a row on two pages, and another on none.
 */
export async function listRows(req: AuthenticatedMedusaRequest, entity: string): Promise<Page> {
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { order = {}, ...pagination } = req.queryConfig.pagination
  const { data, metadata } = await query.graph({
    entity,
    fields: req.queryConfig.fields,
    filters: req.filterableFields,
    pagination: { ...pagination, order: "id" in order ? order : { ...order, id: "ASC" } },
  })
  return {
    rows: data,
    count: metadata?.count ?? data.length,
    offset: metadata?.skip ?? 0,
    limit: metadata?.take ?? data.length,
  }
}
