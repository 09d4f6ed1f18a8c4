import { MedusaError } from "@medusajs/framework/utils"

/** What a merchant or a shopper reads of a refusal; anything else than a refusal fails the test. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const [result] = await Promise.allSettled([call])
  if (result.status === "fulfilled") {
    throw new Error("It was not refused")
  }
  const error: unknown = result.reason
  // Of other types Medusa shows a sentence of its own in place of the message.
  if (
    !MedusaError.isMedusaError(error) ||
    (error.type !== MedusaError.Types.NOT_ALLOWED && error.type !== MedusaError.Types.INVALID_DATA)
  ) {
    throw error
  }
  return error.message
}
