import { z } from "@medusajs/framework/zod"
import type { AdminRoute } from "../admin-route"
import { pageOf } from "../read-rows"
import * as answers from "./answers"
import { PayoutApproval } from "./approval-answers"
import * as batchAnswers from "./batch-answers"
import { base, byLogin, forTransfers } from "./route-parts"
import * as validators from "./validators"

const oneTransfer = z.object({ transfer: answers.PayoutTransferDetail })

export const transferRoutes: readonly AdminRoute[] = [
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
        .array(batchAnswers.WaitingPayoutBatch)
        .describe(
          "The first 50 of which something waits; the list of batches has them all. None where single transfers, or " +
            "those of a batch, are asked for."
        ),
    }),
  },
  {
    method: "GET",
    path: `${base}/approvals/waiting`,
    policies: forTransfers("read"),
    summary: "Count Approvals",
    description:
      "How many batches, and transfers that are in none, wait for the approval of who asks: what they may not approve is " +
      "not counted.",
    answer: z.object({
      waiting: z.object({
        batches: z.int().describe("Of which they may approve one transfer or more."),
        transfers: z.int(),
      }),
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
