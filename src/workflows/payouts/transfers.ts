import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { digest } from "../../gateways/shared/digest"
import { systemHand } from "../../modules/payout/actor"
import type {
  NewTransfer,
  Transfer,
  TransferApproval,
  TransferDecision,
} from "../../modules/payout/domain/transfer"
import type { OwnFields } from "../../modules/payout/domain/own-fields"
import { type ByActor, type ById, payoutsOf, payoutWorkflow } from "./payout-workflow"
import { contentOf, type ImportFileInput, readImportFile } from "./read-import-file"

export type CreatePayoutTransferInput = NewTransfer & ByActor

export type CreatedPayoutTransfer = { transfer: Transfer; isNew: boolean }

/**
 * Makes a transfer, which is sent once it is approved. Where a later step of a larger workflow fails, it is
 * taken back, unless it was sent by then.
 *
 * @throws MedusaError not_found; invalid_data for an amount, a currency or a beneficiary that can't be paid;
 * not_allowed above a limit; conflict for an idempotency key that stands for another request
 */
export const createPayoutTransferWorkflow = payoutWorkflow(
  "create-payout-transfer",
  async (payouts, who, { actor: _, ...wanted }: CreatePayoutTransferInput) =>
    await payouts.makeTransfer(wanted, who),
  async (container, { transfer, isNew }) => {
    if (isNew) {
      await takeBack(container, transfer)
    }
  }
)

const workflowFailed = {
  text: "The workflow that made it did not end well",
  code: "workflow_failed",
} as const

async function takeBack(container: MedusaContainer, { id, reference }: Transfer): Promise<void> {
  const payouts = payoutsOf(container)
  const now = await payouts.findTransfer(reference)
  switch (now?.status) {
    case "awaiting_approval":
      await payouts.rejectTransfer(id, systemHand, workflowFailed)
      return
    case "approved":
      await payouts.cancelTransfer(id, systemHand, workflowFailed)
      return
    default:
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(
          `The payout ${reference} is ${now?.status} and can't be taken back, although the workflow that made ` +
            "it failed"
        )
  }
}

/** The file, as its text or its bytes; see read-import-file.ts for what it must look like. */
export type ImportPayoutTransfersInput = ByActor &
  ImportFileInput & {
    file_name?: string | null
    /** Makes the good lines although others are not; without it one bad line refuses the file. */
    allow_partial?: boolean
    /** Nothing of it is sent before; without it each is sent once it is approved. */
    send_at?: Date | null
    /** The import of the same lines that was looked at, after which they are to be paid once more. */
    same_as_id?: string
  }

/**
 * Makes a transfer of each line of a CSV file: all or none, unless `allow_partial`. A file that is refused
 * does not throw: the import that it answers with says so, with what is wrong in which line. The same lines are
 * imported once in 35 days, however the file was saved: within a day `is_new` is false, and nothing was made.
 *
 * @throws MedusaError conflict for lines that were imported before that, unless `same_as_id` names the import
 */
export const importPayoutTransfersWorkflow = payoutWorkflow(
  "import-payout-transfers",
  async (
    payouts,
    who,
    {
      csv,
      file,
      file_name = null,
      allow_partial = false,
      send_at = null,
      same_as_id,
    }: ImportPayoutTransfersInput
  ) => {
    const content = contentOf({ csv, file })
    const { lines, problems } = readImportFile(content)
    const wanted = {
      file_name,
      digest: digest("sha256", [content]).toString("hex"),
      allow_partial,
      send_at,
      same_as_id,
      problems,
    }
    return await payouts.importTransfers(wanted, lines, who)
  }
)

export type EndPayoutImportInput = ById & { reason: string }

/**
 * Ends an import that broke off, and of which nothing was made. Sending the file again goes on with it.
 *
 * @throws MedusaError not_found; conflict for one that has ended, or showed progress within the last minute
 */
export const endPayoutImportWorkflow = payoutWorkflow(
  "end-payout-import",
  async (payouts, who, { id, reason }: EndPayoutImportInput) =>
    await payouts.endImport(id, who, reason)
)

export type UpdatePayoutTransferInput = ById & OwnFields

/**
 * Changes what the shop keeps with a transfer for itself, in whatever state it is: nothing that is sent.
 *
 * @throws MedusaError not_found; invalid_data; conflict for an external id that another transfer has
 */
export const updatePayoutTransferWorkflow = payoutWorkflow(
  "update-payout-transfer",
  async (payouts, who, { id, actor: _, ...change }: UpdatePayoutTransferInput) =>
    await payouts.changeTransfer(id, change, who)
)

export type ApprovePayoutTransferInput = ById & TransferApproval

/**
 * Approves a transfer, which freezes its amount, currency and account.
 *
 * @throws MedusaError not_found; not_allowed for who made it, edited its beneficiary or may not approve, and
 * above the limit of the day; conflict unless it waits for an approval, where its beneficiary was edited and
 * `beneficiary_version_id` is not the newest version, and where it looks like another transfer that `same_as_id` does
 * not name
 */
export const approvePayoutTransferWorkflow = payoutWorkflow(
  "approve-payout-transfer",
  async (payouts, who, { id, actor: _, ...approval }: ApprovePayoutTransferInput) =>
    await payouts.approveTransfer(id, who, approval)
)

export type RejectPayoutTransferInput = ById & { reason: string }

/** @throws MedusaError not_found; conflict unless it waits for an approval */
export const rejectPayoutTransferWorkflow = payoutWorkflow(
  "reject-payout-transfer",
  async (payouts, who, { id, reason }: RejectPayoutTransferInput) =>
    await payouts.rejectTransfer(id, who, reason)
)

export type CancelPayoutTransferInput = ById & { reason?: string }

/**
 * Takes a transfer back before it is sent, approved or not.
 *
 * @throws MedusaError not_found; conflict for one that was sent, or perhaps was
 */
export const cancelPayoutTransferWorkflow = payoutWorkflow(
  "cancel-payout-transfer",
  async (payouts, who, { id, reason }: CancelPayoutTransferInput) =>
    await payouts.cancelTransfer(id, who, reason)
)

export type ResolvePayoutTransferInput = ById & TransferDecision

/**
 * Notes what a second person found out about a transfer that was sent, perhaps, or that its money came back. The gateway
 * is asked before and for a week after, and what it proves wins.
 *
 * @throws MedusaError not_found; not_allowed as for an approval; conflict for one that is settled, and where the gateway
 * says otherwise
 */
export const resolvePayoutTransferWorkflow = payoutWorkflow(
  "resolve-payout-transfer",
  async (payouts, who, { id, actor: _, ...decision }: ResolvePayoutTransferInput) =>
    await payouts.resolveTransfer(id, decision, who)
)

export type SubmitPayoutTransferInput = ById

/**
 * Sends an approved transfer now, once, however often it is run; a job does it otherwise. Where the answer
 * does not come, the transfer is `unknown` and asked about: this does not fail then.
 *
 * @throws MedusaError not_found; conflict unless it is approved
 */
export const submitPayoutTransferWorkflow = payoutWorkflow(
  "submit-payout-transfer",
  async (payouts, who, { id }: SubmitPayoutTransferInput) => await payouts.submitTransfer(id, who)
)

export type RetryPayoutTransferInput = ById & { idempotency_key?: string }

/**
 * Makes a new transfer like one that failed, at most one for each. The gateway is asked about the failed one
 * before.
 *
 * @throws MedusaError not_found; conflict unless it failed and was not tried again before; not_allowed where the
 * gateway does not confirm that it failed
 */
export const retryPayoutTransferWorkflow = payoutWorkflow(
  "retry-payout-transfer",
  async (payouts, who, { id, idempotency_key }: RetryPayoutTransferInput) =>
    await payouts.retryTransfer(id, who, idempotency_key)
)

export type RefreshPayoutTransferInput = ById

/**
 * Asks the gateway what became of a transfer, whatever the timetable says.
 *
 * @throws MedusaError not_found
 */
export const refreshPayoutTransferWorkflow = payoutWorkflow(
  "refresh-payout-transfer",
  async (payouts, who, { id }: RefreshPayoutTransferInput) => await payouts.refreshTransfer(id, who)
)
