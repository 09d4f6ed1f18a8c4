import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { existing } from "../../shared/errors"

export type Row = Record<string, unknown>

/** A page of a list, with how many rows there are on all pages. */
export type Page = { rows: Row[]; count: number; offset: number; limit: number }

/**
 * A page of an entity's rows, as `validateAndTransformQuery` understood the request. Rows that are equal in the
 * order that was asked for are ordered by id, in the same direction, which is as they were made: without that the
 * database may show a row on two pages, and another on none.
 */
export async function listRows(req: AuthenticatedMedusaRequest, entity: string): Promise<Page> {
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { order = {}, ...pagination } = req.queryConfig.pagination
  const [direction] = Object.values(order)
  const { data, metadata } = await query.graph({
    entity,
    fields: req.queryConfig.fields,
    filters: req.filterableFields,
    pagination: {
      ...pagination,
      order: "id" in order ? order : { ...order, id: direction === "DESC" ? "DESC" : "ASC" },
    },
  })
  return {
    rows: data,
    count: metadata?.count ?? data.length,
    offset: metadata?.skip ?? 0,
    limit: metadata?.take ?? data.length,
  }
}

/** @throws MedusaError not_found that names `what`, such as "transfer" */
export async function retrieveRow(
  container: MedusaContainer,
  { entity, what, id, fields }: { entity: string; what: string; id: string; fields: string[] }
): Promise<Row> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity, fields, filters: { id } })
  return existing(data[0], `${what} ${id}`)
}

/** As JSON has a time. */
export const time = z.string().meta({ format: "date-time" })

/** What Medusa keeps beside an amount: the exact text. */
export const rawAmount = z.object({ value: z.string(), precision: z.int() })

/** The columns of what an answer shows. */
export function fieldsOf({ shape }: z.ZodObject): string[] {
  return Object.keys(shape)
}

/** How Medusa reads which of these columns a request for one row shows. */
export function oneRowOf(fields: string[]) {
  return { defaults: fields, allowed: fields, isList: false }
}

/** The same of a list. @param allowed what may be asked for besides */
export function listOf(fields: string[], { allowed = fields, defaultLimit = 20 } = {}) {
  return { defaults: fields, allowed, defaultLimit, isList: true }
}

/** The answer of a list: its page under `name`, and where that page is. */
export function pageOf(name: string, item: z.ZodType) {
  return z.object({
    [name]: z.array(item),
    count: z.int().describe("How many there are on all pages."),
    offset: z.int(),
    limit: z.int(),
  })
}

/** A filter of a list that takes one value or several: `state=open`, or `state[]=open&state[]=closed`. */
export function oneOrMore<Item extends z.ZodType>(item: Item) {
  return z.union([item, z.array(item)]).optional()
}

/** A date, which begins at midnight UTC, or a time. */
export const moment = z
  .string()
  .trim()
  .refine(isMoment, {
    error:
      "must be a date or a time with its offset, such as 2026-05-01 or 2026-05-01T08:00:00+08:00",
  })
  .transform((text) => new Date(text))

const dateLength = "2026-05-01".length

/** A time without an offset would be another one on a server in another time zone, and 30 February a day of March. */
function isMoment(text: string): boolean {
  const time = text.slice(dateLength)
  return (
    z.iso.date().safeParse(text.slice(0, dateLength)).success &&
    (time === "" || /^[T ].*(?:Z|[+-]\d{2}:?\d{2})$/i.test(time)) &&
    !Number.isNaN(Date.parse(text))
  )
}

const amountBound = z
  .string()
  .trim()
  .regex(/^\d{1,15}(\.\d{1,8})?$/, { error: "must be an amount in plain digits, such as 1500.00" })

/** `amount[$gte]=100&amount[$lt]=500.50`, in major units. */
export const amountRange = z
  .strictObject({ $gt: amountBound, $gte: amountBound, $lt: amountBound, $lte: amountBound })
  .partial()
  .optional()

/** `created_at[$gte]=2026-05-01&created_at[$lt]=2026-06-01`; a date begins at midnight UTC. */
export const timeRange = z
  .strictObject({ $gt: moment, $gte: moment, $lt: moment, $lte: moment })
  .partial()
  .optional()
