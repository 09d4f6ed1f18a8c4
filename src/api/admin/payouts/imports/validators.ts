import { z } from "@medusajs/framework/zod"
import { createFindParams, createSelectParams } from "@medusajs/medusa/api/utils/validators"
import { oneLine } from "../../../../modules/payout/one-line"
import { importStatuses } from "../../../../modules/payout/payout-import"
import { oneOrMore } from "../../one-or-more"
import { timeRange } from "../dates"

/**
 * @schema AdminPayoutImportFilters
 * type: object
 * properties:
 *   q:
 *     type: string
 *     description: Words to look for in the file's name.
 *   id:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   digest:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   status:
 *     oneOf:
 *       - type: string
 *         enum:
 *           - checking
 *           - making
 *           - done
 *           - refused
 *       - type: array
 *         items:
 *           type: string
 *           enum:
 *             - checking
 *             - making
 *             - done
 *             - refused
 *   created_by:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   created_at:
 *     $ref: "#/components/schemas/PayoutTimeRange"
 */

/** The filters of the list; `q` looks in the file's name. `digest` is the SHA-256 of a file's text in hex. */
export const AdminGetPayoutImportsParams = createFindParams({
  limit: 20,
  offset: 0,
  order: "-created_at",
}).extend({
  q: z.string().optional(),
  id: oneOrMore(z.string()),
  digest: oneOrMore(z.string()),
  status: oneOrMore(z.enum(importStatuses)),
  created_by: oneOrMore(z.string()),
  created_at: timeRange,
})

export const AdminGetPayoutImportParams = createSelectParams()

const csv = z.string({ error: "must be the file's text" })

/**
 * @schema AdminCheckPayoutImport
 * type: object
 * required:
 *   - csv
 * properties:
 *   csv:
 *     type: string
 *     description: The file's text.
 */
export const AdminCheckPayoutImport = z.strictObject({ csv })

/**
 * @schema AdminCreatePayoutImport
 * type: object
 * required:
 *   - csv
 * properties:
 *   csv:
 *     type: string
 *     description: The file's text.
 *   file_name:
 *     type: string
 *     nullable: true
 *   allow_partial:
 *     type: boolean
 *     description: Makes the good lines although others are not.
 */
export const AdminCreatePayoutImport = z.strictObject({
  csv,
  file_name: oneLine(255).nullish(),
  allow_partial: z.boolean().default(false),
})

export type AdminCheckPayoutImportType = z.infer<typeof AdminCheckPayoutImport>
export type AdminCreatePayoutImportType = z.infer<typeof AdminCreatePayoutImport>
