/** Reads MoCoPay's notifications, which nobody signs. */

import { parseJsonOrForm } from "../shared/json"
import { isFields, textIn } from "../shared/messages"

/** What a notification or the shopper's return names. Anybody can write it: it is asked about, never believed. */
export type MocopayNotification = {
  /** Ours, as MoCoPay sends it back. */
  reference?: string
  sessionId?: string
  transactionId?: string
  /** The word for the session's state, where it could be one. */
  status?: string
  /** How often the subscription was charged, this time included; 1 or absent for what was never repeated. */
  series: number
  /** What the series in progress was charged; major units. */
  chargedAmount?: string
}

/**
 * The fields of a notification, whose GET comes as the form that its query is; undefined for anything that
 * is none (MoCoPay, "Payment notifications").
 *
 * Assumption: a notification of a transaction has at least `transactionId`; the vendor's text does not describe it
 * further.
 * Assumption: a POST comes as JSON or as a form; the vendor only shows a GET.
 */
export function readNotification(rawBody: Buffer): MocopayNotification | undefined {
  const fields = parseJsonOrForm(rawBody)
  if (!isFields(fields)) {
    return undefined
  }
  const notification = {
    reference: textIn(fields.referenceId) ?? textIn(fields.userId),
    sessionId: sessionNumber(textIn(fields.sessionId) ?? textIn(fields.sid)),
    transactionId: textIn(fields.transactionId),
    status: plainStatusOf(textIn(fields.status)),
    series: seriesNumber(textIn(fields.series)),
    chargedAmount: textIn(fields.chargedAmount),
  }
  const namesAnything =
    notification.reference ?? notification.sessionId ?? notification.transactionId
  return namesAnything === undefined ? undefined : notification
}

function seriesNumber(series: string | undefined): number {
  return series !== undefined && /^\d{1,6}$/.test(series) ? Number(series) : 1
}

/**
 * Assumption: MoCoPay's words for a state, of which it publishes no list, are like `Authorized` and
 * `PaymentComplete`. The word is kept and shown to people, and nobody signed it: anything else is dropped.
 */
const plainStatus = /^[A-Za-z][A-Za-z _-]{0,39}$/

function plainStatusOf(text: string | undefined): string | undefined {
  return text !== undefined && plainStatus.test(text) ? text : undefined
}

/**
 * Assumption: the vendor's numbers have 32 hexadecimal digits; other letters and lengths may come, but
 * nothing that could not be such a number, because it is kept and sent on.
 */
const plainNumber = /^[\w.:-]{1,64}$/

export function sessionNumber(text: string | undefined): string | undefined {
  return text !== undefined && plainNumber.test(text) ? text : undefined
}
