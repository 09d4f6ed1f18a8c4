import type { z } from "zod"
import { tryDecimal, type DecimalString } from "../shared/decimal"
import type { PaymentzClient } from "./client"
import { transactionListBody } from "./messages"
import { refusal } from "./refusal"

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

export type SearchedTransaction = SearchedTime & {
  paymentId: string
  reference: string
}

export type ListedLine = NonNullable<z.output<typeof transactionListBody>["transaction"]>[number]

/**
 * Assumption: the page's number counts from 1, and an answer with fewer records than were asked for is the
 * last. The list has no filter for a payment, so that there has to be an end to the search.
 */
const recordsPerPage = 100
const mostPages = 10

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
 * The first line that is meant; undefined where none of those that were looked at is.
 *
 * @throws GatewayError
 */
export async function findLine(
  client: PaymentzClient,
  searched: SearchedTime,
  isMeant: (line: ListedLine) => boolean
): Promise<ListedLine | undefined> {
  for (const days of searchedDays(searched)) {
    for (let page = 1; page <= mostPages; page += 1) {
      const transactions = await listPage(client, days, page)
      const found = transactions.find(isMeant)
      if (found) {
        return found
      }
      if (transactions.length < recordsPerPage) {
        break
      }
    }
  }
  return undefined
}

type Days = { from: Date; to: Date }

/**
 * First the days around the order's own, on which nearly every shopper pays, then the rest up to today.
 *
 * Assumption: the list goes by the day on which the payment began, in a time zone that nobody names: a day
 * more on either side holds it.
 */
function searchedDays({ openedOn, now }: SearchedTime): Days[] {
  const opened = new Date(`${openedOn}T00:00:00Z`).getTime()
  const last = now.getTime() + dayMs
  if (Number.isNaN(opened)) {
    return []
  }
  const nearest = { from: new Date(opened - dayMs), to: new Date(Math.min(opened + dayMs, last)) }
  const next = opened + 2 * dayMs
  return next > last ? [nearest] : [nearest, { from: new Date(next), to: new Date(last) }]
}

async function listPage(
  client: PaymentzClient,
  { from, to }: Days,
  page: number
): Promise<ListedLine[]> {
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
    return []
  }
  if (!answer.body.transaction) {
    throw refusal("listTransactions", answer.words, answer.httpStatus)
  }
  return answer.body.transaction
}

/** Our reference alone would not do: it can have several payments. */
function isAbout(line: ListedLine, { paymentId, reference }: SearchedTransaction): boolean {
  return (
    (line.systemPaymentId ?? line.paymentId) === paymentId &&
    line.merchantTransactionId === reference
  )
}

/** `31/01/2030`, as the list's fields want it. */
function listDate(date: Date): string {
  const [year, month, day] = date.toISOString().slice(0, 10).split("-")
  return `${day}/${month}/${year}`
}
