import { z } from "zod"
import { invalidData } from "../../../shared/errors"
import { readText, textInput } from "./input"

/** What a caller keeps with a beneficiary or a transfer for themselves: nothing of it is sent, or decides anything. */

/** As flat as a row of a table: who needs more keeps it under the external id in their own books. */
export type Metadata = Readonly<Record<string, string | number | boolean | null>>

const longestId = 255
const mostKeys = 50
const longestMetadataKey = 40
const longestValue = 500

const value = z.union(
  [
    z.string().max(longestValue, { error: `must have at most ${longestValue} characters` }),
    z.number(),
    z.boolean(),
    z.null(),
  ],
  { error: "must be a text, a number, true, false or null" }
)

/** The fields as a caller writes them; null takes away what was there. */
export const ownFields = {
  external_id: textInput("key", longestId).nullish(),
  metadata: z
    .record(
      z
        .string()
        .min(1)
        .max(longestMetadataKey, {
          error: `a key must have at most ${longestMetadataKey} characters`,
        }),
      value
    )
    .refine((metadata) => Object.keys(metadata).length <= mostKeys, {
      error: `must have at most ${mostKeys} keys`,
    })
    .nullish(),
}

/** As the column holds it. */
export const metadataRow = z.record(z.string(), value).nullable()

/** What is left out stays as it is. */
export type OwnFields = { external_id?: string | null; metadata?: Metadata | null }

const given = z.object(ownFields)

/** @throws MedusaError invalid_data */
export function readOwnFields(wanted: OwnFields): {
  external_id: string | null
  metadata: Metadata | null
} {
  const problem = ownFieldsProblem(wanted)
  if (problem !== undefined) {
    throw invalidData(problem, { code: "invalid_input", details: { problems: problem } })
  }
  return {
    external_id: readText(wanted.external_id ?? "", "key", longestId).text ?? null,
    metadata: wanted.metadata ?? null,
  }
}

/** What is wrong with them, for whoever wrote them; undefined where `readOwnFields` reads them. */
export function ownFieldsProblem({ external_id, metadata }: OwnFields): string | undefined {
  const [issue] = given.safeParse({ external_id, metadata }).error?.issues ?? []
  return issue && `${issue.path.join(".")} ${issue.message}`
}

/** The same for the same metadata, in whatever order its keys are written. */
export function sortedMetadata(metadata: Metadata): [string, string | number | boolean | null][] {
  return Object.entries(metadata).sort(([one], [other]) => (one < other ? -1 : 1))
}
