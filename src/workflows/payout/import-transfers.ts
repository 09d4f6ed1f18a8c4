import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { digest } from "../../gateways/shared/digest"
import { actorOf } from "./actor-of"
import { payoutWorkflow, type ByActor } from "./payout-workflow"
import { payoutsOf } from "./payouts-of"
import { readImportFile } from "./read-import-file"

export type ImportPayoutTransfersInput = ByActor & {
  /** The file's text; see read-import-file.ts for what it must look like. */
  csv: string
  file_name?: string | null
  /** Makes the good lines although others are not; without it one bad line refuses the file. */
  allow_partial?: boolean
}

const importTransfersStep = createStep(
  "import-payout-transfers",
  async (
    { csv, file_name = null, allow_partial = false, actor }: ImportPayoutTransfersInput,
    { container }
  ) => {
    const who = await actorOf(container, actor)
    const { lines, problems } = readImportFile(csv)
    const wanted = {
      file_name,
      digest: digest("sha256", [csv]).toString("hex"),
      allow_partial,
      problems,
    }
    return new StepResponse(await payoutsOf(container).importTransfers(wanted, lines, who))
  }
)

/**
 * Makes a transfer of each line of a CSV file: all or none, unless `allow_partial`. A file that is refused
 * does not throw: the import that it answers with says so, with what is wrong in which line. The same text is
 * imported once.
 */
export const importPayoutTransfersWorkflow = payoutWorkflow(
  "import-payout-transfers",
  importTransfersStep
)
