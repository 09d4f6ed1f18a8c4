import { z } from "@medusajs/framework/zod"
import type { AdminRoute } from "../admin-route"
import { pageOf } from "../read-rows"
import * as answers from "./answers"
import { PayoutApproval } from "./approval-answers"
import * as batchAnswers from "./batch-answers"
import { fileRoutes } from "./file-routes"
import * as importAnswers from "./import-answers"
import { PayoutMoneyOut } from "./money-out-answers"
import { PayoutRules } from "./rule-answers"
import { listReconciliationsConfig, PayoutReconciliation } from "./reconciliation-answers"
import * as validators from "./validators"

const base = "/admin/payouts"

type TransferOperation = "read" | "create" | "update" | "approve"
type BeneficiaryOperation = "read" | "create" | "update" | "reveal"

function forTransfers(operation: TransferOperation): AdminRoute["policies"] {
  return [{ resource: "payout_transfer", operation }]
}

function forBeneficiaries(operation: BeneficiaryOperation): AdminRoute["policies"] {
  return [{ resource: "payout_beneficiary", operation }]
}

const onePayee = z.object({ beneficiary: answers.PayoutBeneficiaryDetail })
const oneTransfer = z.object({ transfer: answers.PayoutTransferDetail })
const oneBatch = z.object({ batch: batchAnswers.PayoutBatchDetail })
const oneImport = z.object({ import: importAnswers.PayoutImportDetail })
const byLogin =
  "It needs a login: a secret API key is answered with 403, unless the option `payouts.keysMay` allows it."

/**
 * A thousand lines with the longest purposes and keys that there may be, in UTF-16 and base64; elsewhere Medusa's own
 * limit stands.
 */
const fileBody = { sizeLimit: "4mb" }

const providerRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/providers`,
    policies: forTransfers("read"),
    summary: "List Payout Providers",
    description:
      "The gateways that payouts can go through, and what a form has to ask for at each.",
    answer: z.object({ providers: z.array(answers.PayoutProvider), count: z.int() }),
  },
  {
    method: "GET",
    path: `${base}/providers/:id/balance`,
    policies: forTransfers("read"),
    summary: "Get a Provider's Balance",
    description: "How much there is to send, as the gateway says now.",
    answer: z.object({ balances: z.array(answers.PayoutBalance) }),
    errors: [404],
  },
  {
    method: "GET",
    path: `${base}/rules`,
    policies: forTransfers("read"),
    summary: "Get the Rules of Payouts",
    description:
      "What the shop's config says of all transfers: who has to approve, the limits, and how long nothing is paid to an " +
      "account that was changed.",
    answer: z.object({ rules: PayoutRules }),
  },
]

const beneficiaryRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/beneficiaries`,
    policies: forBeneficiaries("read"),
    summary: "List Beneficiaries",
    description: "Who can be paid.",
    query: validators.AdminGetPayoutBeneficiariesParams,
    queryConfig: answers.listBeneficiariesConfig,
    answer: pageOf("beneficiaries", answers.PayoutBeneficiary),
  },
  {
    method: "POST",
    path: `${base}/beneficiaries`,
    policies: forBeneficiaries("create"),
    takesIdempotencyKey: true,
    summary: "Create a Beneficiary",
    description:
      "Creates somebody who can be paid, and registers them at the gateway where it has a call for it; what it needs " +
      "once is passed on and not stored. The same idempotency key with the same input gives the one that was created. " +
      "`same_account` names others who have the account.",
    body: validators.AdminCreatePayoutBeneficiary,
    answer: onePayee,
    errors: [404, 409],
  },
  {
    method: "GET",
    path: `${base}/beneficiaries/:id`,
    policies: forBeneficiaries("read"),
    summary: "Get a Beneficiary",
    description: "One beneficiary as of its newest version, with its audit lines.",
    query: validators.AdminGetPayoutParams,
    queryConfig: answers.retrieveBeneficiaryConfig,
    answer: onePayee,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/beneficiaries/:id`,
    policies: forBeneficiaries("update"),
    summary: "Update a Beneficiary",
    description:
      "Makes its next version. Transfers approved for the one before, and not sent yet, wait for an approval again.",
    body: validators.AdminUpdatePayoutBeneficiary,
    answer: onePayee,
    errors: [404, 409],
  },
  {
    method: "GET",
    path: `${base}/beneficiaries/:id/versions`,
    policies: forBeneficiaries("read"),
    summary: "List a Beneficiary's Versions",
    description:
      "What it said at each time, the newest first: which fields changed, who did it and when; accounts by their last " +
      "characters.",
    query: validators.AdminGetPayoutBeneficiaryVersionsParams,
    queryConfig: answers.listVersionsConfig,
    answer: pageOf("versions", answers.PayoutBeneficiaryVersion),
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/beneficiaries/:id/disable`,
    policies: forBeneficiaries("update"),
    summary: "Disable a Beneficiary",
    description: "Nobody can be paid there any more; what was approved and not sent is canceled.",
    body: validators.AdminDisablePayoutBeneficiary,
    answer: onePayee,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/beneficiaries/:id/decide`,
    policies: forBeneficiaries("update"),
    summary: "Decide on a Beneficiary",
    description: `Notes what a person found out about a beneficiary that the gateway has not accepted yet. ${byLogin}`,
    body: validators.AdminDecidePayoutBeneficiary,
    answer: onePayee,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/beneficiaries/:id/account`,
    policies: forBeneficiaries("reveal"),
    summary: "Reveal a Beneficiary's Account",
    description:
      "The account in full, by the names of the provider's fields: the only answer that shows it. Each call leaves " +
      `an audit line, so that it is no GET, and no cache may keep the answer. ${byLogin}`,
    answer: z.object({ account: z.record(z.string(), z.string()) }),
    errors: [404, 409],
  },
]

const transferRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/transfers`,
    policies: forTransfers("read"),
    summary: "List Transfers",
    description: "What was paid, is being paid and waits to be paid.",
    query: validators.AdminGetPayoutTransfersParams,
    queryConfig: answers.listTransfersConfig,
    answer: pageOf("transfers", answers.PayoutTransfer),
  },
  {
    method: "POST",
    path: `${base}/transfers`,
    policies: forTransfers("create"),
    takesIdempotencyKey: true,
    summary: "Create a Transfer",
    description:
      "Creates a transfer, which is sent once it is approved. The same idempotency key with the same input gives the " +
      "one that was created, and `is_new` is false then; with another input it is refused.",
    body: validators.AdminCreatePayoutTransfer,
    answer: oneTransfer.extend({ is_new: z.boolean() }),
    errors: [404, 409],
  },
  {
    method: "GET",
    path: `${base}/transfers/export`,
    policies: forTransfers("read"),
    summary: "Export Transfers",
    description:
      "The transfers that the list's filters let through, as a CSV file, oldest first; amounts are exact. Where " +
      "something fails in the middle the connection breaks off, so that nobody takes half a file for the whole.",
    query: validators.AdminExportPayoutTransfersParams,
    answer: "csv",
  },
  {
    method: "GET",
    path: `${base}/transfers/:id`,
    policies: forTransfers("read"),
    summary: "Get a Transfer",
    description: "One transfer, with whom it pays and its audit lines.",
    query: validators.AdminGetPayoutParams,
    queryConfig: answers.retrieveTransferConfig,
    answer: oneTransfer,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/transfers/:id`,
    policies: forTransfers("update"),
    summary: "Update a Transfer",
    description:
      "Changes what you keep with a transfer for yourself, in whatever state it is. What is sent can't be changed: cancel " +
      "it and create another.",
    body: validators.AdminUpdatePayoutTransfer,
    answer: oneTransfer,
    errors: [404, 409],
  },
  {
    method: "GET",
    path: `${base}/transfers/:id/events`,
    policies: forTransfers("read"),
    summary: "List a Transfer's Events",
    description:
      "Every step of a transfer, oldest first: who did it, why, and the gateway's code and message.",
    query: validators.AdminGetPayoutTransferEventsParams,
    queryConfig: answers.listTransferEventsConfig,
    answer: pageOf("events", answers.PayoutTransferEvent),
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/transfers/:id/approve`,
    policies: forTransfers("approve"),
    summary: "Approve a Transfer",
    description:
      "Approves a transfer, which freezes its amount, currency and account. Never by who made it, nor by the last " +
      "editor of its beneficiary, where a second person is asked for. With `beneficiary_version_id` it approves what " +
      "was looked at, and is answered with 409 where that is not the newest version any more; without it, where the " +
      "beneficiary was edited since the transfer was made or last approved. One that looks like another transfer is " +
      `approved with \`same_as_id\`, which names that one, and the first payment to an account, where the option ` +
      `\`payouts.holdFirstPayment\` holds it, with \`first_payment_to\`; it is answered with 409 else. ${byLogin}`,
    body: validators.AdminApprovePayoutTransfer,
    answer: oneTransfer,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/transfers/:id/reject`,
    policies: forTransfers("approve"),
    summary: "Reject a Transfer",
    description: `Rejects a transfer that waits for an approval. ${byLogin}`,
    body: validators.AdminRejectPayoutTransfer,
    answer: oneTransfer,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/transfers/:id/resolve`,
    policies: forTransfers("approve"),
    summary: "Resolve a Transfer",
    description:
      "Notes what a person found out about a transfer that was sent, perhaps, or that its money came back. It counts as " +
      "an approval: never by who made the transfer or last changed what is sent. The gateway is asked before, and its " +
      "own word is taken where it has one; it is asked for a week after, and what it proves then wins. " +
      byLogin,
    body: validators.AdminResolvePayoutTransfer,
    answer: oneTransfer,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/transfers/:id/cancel`,
    policies: forTransfers("update"),
    summary: "Cancel a Transfer",
    description: "Takes a transfer back before it is sent, approved or not.",
    body: validators.AdminCancelPayoutTransfer,
    answer: oneTransfer,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/transfers/:id/submit`,
    policies: forTransfers("update"),
    summary: "Send a Transfer",
    description:
      "Sends an approved transfer now, once, however often it is called. Where the answer is lost, it is " +
      "`unknown`, and the gateway is asked about it.",
    answer: oneTransfer,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/transfers/:id/refresh`,
    policies: forTransfers("update"),
    summary: "Refresh a Transfer",
    description: "Asks the gateway now what became of a transfer, whatever the schedule says.",
    answer: oneTransfer,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/transfers/:id/retry`,
    policies: forTransfers("create"),
    takesIdempotencyKey: true,
    summary: "Retry a Transfer",
    description:
      "Creates a new transfer like one that failed, at most one for each, and answers with the new one.",
    body: validators.AdminRetryPayoutTransfer,
    answer: oneTransfer,
    errors: [404, 409],
  },
  {
    method: "GET",
    path: `${base}/approvals`,
    policies: forTransfers("read"),
    summary: "List Approvals",
    description:
      "What waits for an approval: batches, those that wait longest first, and transfers that are in none, or with " +
      "`batch_id` those of a batch, the oldest first, with all that is signed by it and the transfer that it looks like, " +
      "and whether who asks may give it. Limits are not looked at: " +
      "what is left of a day is known when somebody approves.",
    query: validators.AdminGetPayoutApprovalsParams,
    queryConfig: answers.listTransfersConfig,
    answer: pageOf("approvals", PayoutApproval).extend({
      batches: z
        .array(batchAnswers.PayoutBatch)
        .describe("The first 50 of which something waits; the list of batches has them all."),
    }),
  },
  {
    method: "GET",
    path: `${base}/totals`,
    policies: forTransfers("read"),
    summary: "Get Totals",
    description:
      "What the transfers that the list's filters let through add up to, by status and currency, and the same for each " +
      "provider, with the fees that the gateways took.",
    query: validators.AdminExportPayoutTransfersParams,
    answer: z.object({
      totals: z.array(answers.PayoutTotal),
      by_provider: z.array(answers.PayoutProviderTotal),
    }),
  },
]

const chartRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/money-out`,
    policies: forTransfers("read"),
    summary: "Get Money Out by Day",
    description:
      "What was sent, or may have been, by the day on which it was, by what became of it since, provider and currency; " +
      "nothing that came back is taken off. Filtered as the list is; `submitted_at` bounds when it was sent. At most 366 " +
      "days, the last ones.",
    query: validators.AdminGetPayoutMoneyOutParams,
    answer: z.object({ money_out: PayoutMoneyOut }),
  },
]

const oneSending = z.object({ sending: answers.PayoutSending })

const sendingRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/sending`,
    policies: forTransfers("read"),
    summary: "Get the Pause Switch",
    description: "Whether payouts are sent, and else who paused all of them, when and why.",
    answer: oneSending,
  },
  {
    method: "POST",
    path: `${base}/sending/pause`,
    policies: forTransfers("update"),
    summary: "Pause All Sending",
    description:
      "Nothing is sent any more from the answer on, on any server. What is at a gateway already goes on, and is asked " +
      "about. A pause that is there stays as it is.",
    body: validators.AdminPausePayouts,
    answer: oneSending,
    errors: [409],
  },
  {
    method: "POST",
    path: `${base}/sending/resume`,
    policies: forTransfers("approve"),
    summary: "Resume Sending",
    description: `Ends the pause. The gateways are asked first about what was approved before. ${byLogin}`,
    body: validators.AdminResumePayouts,
    answer: oneSending,
    errors: [409],
  },
]

const importRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/imports`,
    policies: forTransfers("read"),
    summary: "List Imports",
    description: "The files of transfers that were imported, and those that were refused.",
    query: validators.AdminGetPayoutImportsParams,
    queryConfig: importAnswers.listImportsConfig,
    answer: pageOf("imports", importAnswers.PayoutImport),
  },
  {
    method: "POST",
    path: `${base}/imports`,
    policies: forTransfers("create"),
    bodyParser: fileBody,
    summary: "Import Transfers",
    description:
      "Creates a transfer of each line of a CSV file. It answers when all are made; meanwhile the list of imports with " +
      "the file's `digest` shows how far it is. A file with a bad line is refused as a whole, unless `allow_partial`: " +
      "the answer says so by its `status` and `problems`. The same lines are imported once in 35 days, however the file " +
      "was saved. Sent again within a day they are taken for a repeated call: `is_new` is false, and the import is the " +
      "one of before. Later they are refused with 409, unless `same_as_id` names that import.",
    body: validators.AdminCreatePayoutImport,
    answer: oneImport.extend({ is_new: z.boolean() }),
    errors: [409],
  },
  {
    method: "POST",
    path: `${base}/imports/check`,
    policies: forTransfers("create"),
    bodyParser: fileBody,
    summary: "Check a File of Transfers",
    description:
      "Says what is wrong in which line of a file, what the good lines add up to, and how much there is to send where " +
      "the gateway can be asked; which lines would wait because they look like another payment, and which were imported " +
      "before. Creates nothing.",
    body: validators.AdminCheckPayoutImport,
    answer: z.object({ check: importAnswers.PayoutImportCheck }),
  },
  {
    method: "POST",
    path: `${base}/imports/refused-lines`,
    policies: forTransfers("create"),
    bodyParser: fileBody,
    summary: "Get the Refused Lines of a File",
    description:
      "Checks a file, and answers with its refused lines as they stood in it, as CSV with the same sign between the " +
      "cells: with the columns `line`, of the file that was checked, and `reason`. Once it is mended it can be imported " +
      "as it is. Creates nothing, and stores nothing of the file.",
    body: validators.AdminCheckPayoutImport,
    answer: "csv",
  },
  {
    method: "GET",
    path: `${base}/imports/template`,
    policies: forTransfers("read"),
    summary: "Get a Template of a File of Transfers",
    description: "An empty CSV file with the headings of all columns.",
    query: validators.AdminGetPayoutImportTemplateParams,
    answer: "csv",
  },
  {
    method: "GET",
    path: `${base}/imports/:id`,
    policies: forTransfers("read"),
    summary: "Get an Import",
    description:
      "How far an import is, what is wrong in which line, and what became of its transfers.",
    query: validators.AdminGetPayoutParams,
    queryConfig: importAnswers.retrieveImportConfig,
    answer: oneImport,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/imports/:id/end`,
    policies: forTransfers("create"),
    summary: "End an Import",
    description:
      "Refuses an import that broke off, such as with its server, and of which nothing was made. To go on with it, send " +
      "the file again instead.",
    body: validators.AdminEndPayoutImport,
    answer: oneImport,
    errors: [404, 409],
  },
]

const batchRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/batches`,
    policies: forTransfers("read"),
    summary: "List Batches",
    description:
      "Transfers that are approved together, with what they add up to: one batch of each import, and those that somebody " +
      "put together.",
    query: validators.AdminGetPayoutBatchesParams,
    queryConfig: batchAnswers.listBatchesConfig,
    answer: pageOf("batches", batchAnswers.PayoutBatch),
  },
  {
    method: "POST",
    path: `${base}/batches`,
    policies: forTransfers("create"),
    summary: "Create a Batch",
    description:
      "Puts transfers together that wait for an approval, or are approved and not sent, so that they are approved, and " +
      "with `send_at` sent on a later day, together. Which transfers a batch has never changes, and a transfer is in one " +
      "batch at most: a repeated call is answered with 409 that names it.",
    body: validators.AdminCreatePayoutBatch,
    answer: oneBatch,
    errors: [409],
  },
  {
    method: "GET",
    path: `${base}/batches/:id`,
    policies: forTransfers("read"),
    summary: "Get a Batch",
    description:
      "One batch with what it adds up to, and what somebody has to know before they decide about it: what is held, what was " +
      "edited, what who asks may not approve, who approved already, and what can be done with it. The list of " +
      "transfers with its `batch_id` has its transfers.",
    answer: oneBatch,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/batches/:id/approve`,
    policies: forTransfers("approve"),
    bodyParser: fileBody,
    summary: "Approve a Batch",
    description:
      "Approves all that waits of a batch at once, each transfer by the rules for one, the limits too. `count` and `sums` " +
      "are what was seen; where the batch is another by now, nothing is approved, and the answer is 409 that says what " +
      "it is. What can't be approved waits on and stands in `left` with why. Above the option " +
      "`payouts.twoApproversAbove` the first person's call makes it wait for another person's. Calling again approves " +
      `nothing twice. ${byLogin}`,
    body: validators.AdminApprovePayoutBatch,
    answer: oneBatch.extend({ approval: batchAnswers.PayoutBatchApproval }),
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/batches/:id/reject`,
    policies: forTransfers("approve"),
    summary: "Reject a Batch",
    description: `Rejects all that waits for an approval of a batch that is what was seen. ${byLogin}`,
    body: validators.AdminRejectPayoutBatch,
    answer: oneBatch,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/batches/:id/withdraw`,
    policies: forTransfers("update"),
    summary: "Withdraw a Batch",
    description:
      "Takes back all that was not sent of a batch that is what was seen, approved or not. A secret API key may take back " +
      "what waits only where it made it.",
    body: validators.AdminWithdrawPayoutBatch,
    answer: oneBatch,
    errors: [404, 409],
  },
]

const reconciliationRoutes: AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/reconciliations`,
    policies: forTransfers("read"),
    summary: "List Reconciliations",
    description:
      "Once a day what was sent before that day is held against what the gateways say of it: the runs, the last one first, " +
      "with what differs.",
    query: validators.AdminGetPayoutReconciliationsParams,
    queryConfig: listReconciliationsConfig,
    answer: pageOf("reconciliations", PayoutReconciliation),
  },
]

export const payoutRoutes: readonly AdminRoute[] = [
  ...providerRoutes,
  ...beneficiaryRoutes,
  ...transferRoutes,
  ...batchRoutes,
  ...fileRoutes,
  ...chartRoutes,
  ...sendingRoutes,
  ...importRoutes,
  ...reconciliationRoutes,
]
