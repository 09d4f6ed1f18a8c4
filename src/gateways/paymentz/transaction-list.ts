/** Searches Paymentz's list of transactions. */

import type { z } from "zod"
import { type DecimalString, tryDecimal } from "../shared/money"
import type { PaymentzClient } from "./client"
import { paymentzErrors, refusal } from "./errors"
import { transactionListBody } from "./messages"

/** What was moved on a payment so far; major units, undefined where the list does not say. */
export type ListedTransaction = {
  paymentId: string
  captured?: DecimalString
  refunded?: DecimalString
}

/** When what is searched for can have begun. */
export type SearchedTime = {
  /** The day on which the order was opened, as in `2030-01-31`. */
  openedOn: string
  now: Date
}

type SearchedTransaction = SearchedTime & {
  paymentId: string
  reference: string
}

/**
 * The list has no filter for a payment. A search that has read so many pages fails, instead of taking what it did not
 * come to for what is not there: an operation is asked about within its lease.
 */
const mostPages = 500

/** A brand that takes no notice of the page's number answers with the first one each time. */
const pagesAlike = 3

const dayMs = 24 * 60 * 60_000

/**
 * The list's line about a payment, which is the one place where the gateway tells how much was captured and
 * refunded; undefined where it is not found.
 *
 * @throws GatewayError
 */
export async function findTransaction(
  client: PaymentzClient,
  searched: SearchedTransaction
): Promise<ListedTransaction | undefined> {
  const found = await findLine(client, searched, (line) => isAbout(line, searched))
  return (
    found && {
      paymentId: searched.paymentId,
      captured: tryDecimal(found.captureamount),
      refunded: tryDecimal(found.refundamount),
    }
  )
}

/**
 * The first line that is meant; undefined where all were read and none is.
 *
 * @throws GatewayError, also where the list could not be read to its end
 */
export async function findLine(
  client: PaymentzClient,
  searched: SearchedTime,
  isMeant: (line: TransactionLine) => boolean
): Promise<TransactionLine | undefined> {
  let pages = 0
  for (const days of searchedDays(searched)) {
    const alike: string[] = []
    for (let page = 1; ; page += 1) {
      if ((pages += 1) > mostPages) {
        throw paymentzErrors.mismatch(
          "listTransactions",
          `the list has more than ${mostPages} pages`
        )
      }
      const { lines, isLast } = await transactionPage(client, days, page)
      const found = lines.find(isMeant)
      if (found) {
        return found
      }
      if (isLast) {
        break
      }
      const content = JSON.stringify(lines)
      alike.splice(0, alike[0] === content ? 0 : alike.length, content)
      if (alike.length >= pagesAlike) {
        throw paymentzErrors.mismatch(
          "listTransactions",
          "the list gives the same page again and again"
        )
      }
    }
  }
  return undefined
}

/**
 * First the days around the order's own, on which nearly every shopper pays, then the rest up to today.
 *
 * Assumption: the list goes by the day on which the payment began, in a time zone that nobody names: a day
 * more on either side holds it.
 */
function searchedDays({ openedOn, now }: SearchedTime): ListedDays[] {
  const opened = new Date(`${openedOn}T00:00:00Z`).getTime()
  const last = now.getTime() + dayMs
  if (Number.isNaN(opened)) {
    return []
  }
  const nearest = { from: new Date(opened - dayMs), to: new Date(Math.min(opened + dayMs, last)) }
  const next = opened + 2 * dayMs
  return next > last ? [nearest] : [nearest, { from: new Date(next), to: new Date(last) }]
}

/** Our reference alone would not do: it can have several payments. */
function isAbout(line: TransactionLine, { paymentId, reference }: SearchedTransaction): boolean {
  return paymentIdOf(line) === paymentId && line.merchantTransactionId === reference
}

/** Both days belong to it. */
type ListedDays = { from: Date; to: Date }

export type TransactionLine = NonNullable<
  z.output<typeof transactionListBody>["transaction"]
>[number]

type TransactionPage = { lines: readonly TransactionLine[]; isLast: boolean }

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
    throw refusal("listTransactions", answer.gatewayError, answer.httpStatus)
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
