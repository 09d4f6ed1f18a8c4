import { MedusaError } from "@medusajs/framework/utils"

/** What is refused as it stands, and with what. */
export function refusalOf(act: () => unknown): MedusaError {
  try {
    act()
  } catch (error) {
    if (MedusaError.isMedusaError(error)) {
      return error
    }
    throw error
  }
  throw new Error("it was not refused")
}
