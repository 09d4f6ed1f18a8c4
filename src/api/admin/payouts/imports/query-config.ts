/**
 * @schema PayoutImport
 * type: object
 * properties:
 *   id:
 *     type: string
 *   file_name:
 *     type: string
 *     nullable: true
 *   digest:
 *     type: string
 *     description: SHA-256 of the file's text, in hex.
 *   status:
 *     type: string
 *     enum:
 *       - checking
 *       - making
 *       - done
 *       - refused
 *   allow_partial:
 *     type: boolean
 *   total:
 *     type: integer
 *     description: How many lines it has.
 *   checked:
 *     type: integer
 *   made:
 *     type: integer
 *   created_by:
 *     type: string
 *     description: The admin's ID; of a secret API key, who made the key.
 *   created_at:
 *     type: string
 *     format: date-time
 *   updated_at:
 *     type: string
 *     format: date-time
 *   problems:
 *     type: array
 *     items:
 *       $ref: "#/components/schemas/PayoutImportProblem"
 */

/**
 * @schema PayoutImportProblem
 * type: object
 * properties:
 *   line:
 *     type: integer
 *     description: In the file; the first under the heading is 2.
 *   message:
 *     type: string
 */

const listedFields = [
  "id",
  "file_name",
  "digest",
  "status",
  "allow_partial",
  "total",
  "checked",
  "made",
  "created_by",
  "created_at",
  "updated_at",
]

/** `problems` can be a thousand lines long: it is in the detail, and in the list on request. */
export const importFields = [...listedFields, "problems"]

export const retrieveImportConfig = { defaults: importFields, allowed: importFields, isList: false }

export const listImportsConfig = {
  defaults: listedFields,
  allowed: importFields,
  defaultLimit: 20,
  isList: true,
}
