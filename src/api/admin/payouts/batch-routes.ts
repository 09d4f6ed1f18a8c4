import { z } from "@medusajs/framework/zod"
import type { AdminRoute } from "../admin-route"
import { pageOf } from "../read-rows"
import * as batchAnswers from "./batch-answers"
import * as importAnswers from "./import-answers"
import { base, byLogin, forTransfers } from "./route-parts"
import * as validators from "./validators"

const oneBatch = z.object({ batch: batchAnswers.PayoutBatchDetail })
const oneImport = z.object({ import: importAnswers.PayoutImportDetail })
/**
 * A thousand lines with the longest purposes and keys that there may be, in UTF-16 and base64; elsewhere Medusa's own
 * limit stands.
 */
const fileBody = { sizeLimit: "4mb" }

export const batchRoutes: readonly AdminRoute[] = [
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

export const importRoutes: readonly AdminRoute[] = [
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
