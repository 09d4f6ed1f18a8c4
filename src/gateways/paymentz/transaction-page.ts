import type { z } from "zod"
import type { PaymentzClient } from "./client"
import { transactionListBody } from "./messages"
import { refusal } from "./refusal"

/** Both days belong to it. */
export type ListedDays = { from: Date; to: Date }

export type TransactionLine = NonNullable<
  z.output<typeof transactionListBody>["transaction"]
>[number]

export type TransactionPage = { lines: readonly TransactionLine[]; isLast: boolean }

/**
 * Assumption: the page's number counts from 1, and an answer with fewer records than were asked for is the
 * last.
 */
const recordsPerPage = 100

/**
 * A page of the list of transactions (Paymentz, "getTransactionList").
 *
 * @param page counts from 1
 * @throws GatewayError
 */
export async function transactionPage(
  client: PaymentzClient,
  { from, to }: ListedDays,
  page: number
): Promise<TransactionPage> {
  const answer = await client.call({
    operation: "listTransactions",
    signed: { row: "member" },
    fields: {
      "pagination.fromdate": listDate(from),
      "pagination.todate": listDate(to),
      "pagination.pageno": String(page),
      "pagination.records": String(recordsPerPage),
    },
    schema: transactionListBody,
  })
  if (answer.meaning === "not_found") {
    return { lines: [], isLast: true }
  }
  const lines = answer.body.transaction
  if (!lines) {
    throw refusal("listTransactions", answer.words, answer.httpStatus)
  }
  return { lines, isLast: lines.length < recordsPerPage }
}

/** The gateway's number of the payment that a line is about. */
export function paymentIdOf({ systemPaymentId, paymentId }: TransactionLine): string | undefined {
  return systemPaymentId ?? paymentId
}

/** `31/01/2030`, as the list's fields want it. */
function listDate(date: Date): string {
  const [year, month, day] = date.toISOString().slice(0, 10).split("-")
  return `${day}/${month}/${year}`
}
