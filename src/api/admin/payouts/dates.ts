import { z } from "@medusajs/framework/zod"

const time = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text)), {
    error: "must be a date or a time such as 2026-05-01 or 2026-05-01T08:00:00Z",
  })
  .transform((text) => new Date(text))

/**
 * @schema PayoutTimeRange
 * type: object
 * properties:
 *   $gt:
 *     type: string
 *     format: date-time
 *   $gte:
 *     type: string
 *     format: date-time
 *   $lt:
 *     type: string
 *     format: date-time
 *   $lte:
 *     type: string
 *     format: date-time
 */

/** `created_at[$gte]=2026-05-01&created_at[$lt]=2026-06-01`; without an offset a date begins at midnight UTC. */
export const timeRange = z
  .strictObject({ $gt: time, $gte: time, $lt: time, $lte: time })
  .partial()
  .optional()
