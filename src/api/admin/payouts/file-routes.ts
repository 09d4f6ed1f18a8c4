import { z } from "@medusajs/framework/zod"
import type { AdminRoute } from "../admin-route"
import { pageOf } from "../read-rows"
import * as answers from "./file-answers"
import { base, byLogin, forBeneficiaries, forTransfers } from "./route-parts"
import * as validators from "./file-validators"

/** A month of an account with many bookings. */
const statementBody = { sizeLimit: "16mb" }

const oneFile = z.object({ file: answers.PayoutFileDetail })

export const fileRoutes: readonly AdminRoute[] = [
  {
    method: "POST",
    path: `${base}/batches/:id/files`,
    policies: forTransfers("update"),
    summary: "Make a Batch's Bank Files",
    description:
      "Puts what is approved of a batch, and paid by a file, into files for the bank: one for each provider and currency. " +
      "Its transfers are `processing` from then on, and can't be taken back. What is in a file stays there: a repeated " +
      "call gives the same files, and `made` is empty. `left_out` are transfers that are in none, each with why. Where " +
      "the database was restored since, or sending was paused, the bank may have a file of it already: `checked_note` " +
      "says what somebody found there, and it is answered with 409 without it.",
    body: validators.AdminMakePayoutFiles,
    answer: z.object({
      files: z.array(answers.PayoutFile),
      made: z.array(z.string()).describe("The ids of those that this call made."),
      left_out: z.array(answers.LeftOutOfFile),
    }),
    errors: [404, 409],
  },
  {
    method: "GET",
    path: `${base}/files`,
    policies: forTransfers("read"),
    summary: "List Bank Files",
    description: "The files that were made for a bank.",
    query: validators.AdminGetPayoutFilesParams,
    queryConfig: answers.listFilesConfig,
    answer: pageOf("files", answers.PayoutFile),
  },
  {
    method: "GET",
    path: `${base}/files/:id`,
    policies: forTransfers("read"),
    summary: "Get a Bank File",
    description: "One file, what became of its transfers since, and who made and downloaded it.",
    answer: oneFile,
    errors: [404],
  },
  {
    method: "GET",
    path: `${base}/files/:id/download`,
    policies: forBeneficiaries("reveal"),
    summary: "Download a Bank File",
    description:
      "The file's bytes, the same each time. It holds the payees' accounts in full: each call leaves an audit line, and no " +
      `cache may keep the answer. While all sending is paused it is answered with 409. ${byLogin}`,
    answer: "file",
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/files/:id/resolve`,
    policies: forTransfers("approve"),
    summary: "Resolve a Bank File",
    description:
      "Notes what a second person found out about all that is open in a file, such as that the bank refused it as a " +
      "whole, or that it never came there. `count` and `sum` are what was seen open; where that is another by now, " +
      "nothing is done and the answer is 409. It counts as the resolution of each transfer, and is forbidden as a whole " +
      `where that of one is. ${byLogin}`,
    body: validators.AdminResolvePayoutFile,
    answer: oneFile,
    errors: [404, 409],
  },
  {
    method: "GET",
    path: `${base}/statements`,
    policies: forTransfers("read"),
    summary: "List Statements",
    description: "The bank's statements that were imported.",
    query: validators.AdminGetPayoutStatementsParams,
    queryConfig: answers.listStatementsConfig,
    answer: pageOf("statements", answers.PayoutStatement),
  },
  {
    method: "POST",
    path: `${base}/statements`,
    policies: forTransfers("approve"),
    bodyParser: statementBody,
    summary: "Import a Statement",
    description:
      "Settles the transfers that a statement of the account (camt.053.001.08, or CSV) shows paid as they were asked for. " +
      "What it shows twice, with another amount, currency or account, as returned or not booked yet, what is not known " +
      "here, and what who uploads it made themselves stands in `told` and changes nothing. `settles` is the number that " +
      "the check showed; where it is another by now, the answer is 409. A statement that is imported again settles " +
      `nothing twice, and \`is_new\` is false. ${byLogin}`,
    body: validators.AdminImportPayoutStatement,
    answer: z.object({ statement: answers.PayoutStatementDetail, is_new: z.boolean() }),
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/statements/check`,
    policies: forTransfers("approve"),
    bodyParser: statementBody,
    summary: "Check a Statement",
    description: "Says what a statement would settle, and what it tells besides. Changes nothing.",
    body: validators.AdminCheckPayoutStatement,
    answer: z.object({ check: answers.PayoutStatementCheck }),
    errors: [404],
  },
  {
    method: "GET",
    path: `${base}/statements/:id`,
    policies: forTransfers("read"),
    summary: "Get a Statement",
    description: "What a statement settled, and what it told. The statement itself is not kept.",
    query: validators.AdminGetPayoutStatementParams,
    queryConfig: answers.retrieveStatementConfig,
    answer: z.object({ statement: answers.PayoutStatementDetail }),
    errors: [404],
  },
]
