import type { FileDecision } from "../../modules/payout/actions/resolve-file"
import type { StatementFile } from "../../modules/payout/actions/statements"
import type { WantedFiles } from "../../modules/payout/domain/payout-file"
import { payoutWorkflow, type ByActor, type ById } from "./payout-workflow"

/** @property id the batch's */
export type MakePayoutFilesInput = ById & WantedFiles

/**
 * Puts what is approved of a batch, and paid by a file, into files for the bank. What is in a file stays there: run
 * again, it gives the same files.
 *
 * @throws MedusaError not_found; invalid_data for a day that is over; conflict where nothing of the batch can stand in a
 * file, while sending is paused, and where somebody has to look at the bank first
 */
export const makePayoutFilesWorkflow = payoutWorkflow(
  "make-payout-files",
  async (payouts, who, { id, actor: _, ...wanted }: MakePayoutFilesInput) =>
    await payouts.makeFiles(id, wanted, who)
)

/** @property id the file's */
export type ResolvePayoutFileInput = ById & FileDecision

/**
 * Notes what a second person found out about all that is open in a file.
 *
 * @throws MedusaError not_found; not_allowed as for the resolution of each transfer; conflict where it is not what was
 * seen
 */
export const resolvePayoutFileWorkflow = payoutWorkflow(
  "resolve-payout-file",
  async (payouts, who, { id, actor: _, ...decision }: ResolvePayoutFileInput) =>
    await payouts.resolveFile(id, decision, who)
)

/** @property settles how many transfers its check said that it would settle */
export type ImportPayoutStatementInput = ByActor & StatementFile & { settles: number }

/**
 * Settles what a statement of the account shows as it was asked for. What it shows otherwise is told and changes
 * nothing.
 *
 * @throws MedusaError not_found; invalid_data for what is no statement of the account; conflict where it would settle
 * another number of transfers
 */
export const importPayoutStatementWorkflow = payoutWorkflow(
  "import-payout-statement",
  async (payouts, who, { settles, actor: _, ...file }: ImportPayoutStatementInput) =>
    await payouts.importStatement(file, { settles }, who)
)
