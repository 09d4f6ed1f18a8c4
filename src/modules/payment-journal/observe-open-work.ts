import type { LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { observeGauges } from "../../shared/telemetry"
import { openWorkGauges, openWorkNumbers, readOpenWork } from "./repositories/open-work"

/** A module's loader: whoever collects metrics gets what is open in the journal. Every server tells the same. */
export async function observeOpenWork({ container }: LoaderOptions): Promise<void> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  observeGauges(openWorkGauges, async () => openWorkNumbers(await readOpenWork(database)))
}
